/** A year's arrangement as the clerk imported it; it takes the place of the seed's. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('calendar_year')
@Index('calendar_year_year', ['year'], { unique: true })
export class CalendarYear extends Tracked {
  static trail: TrailRule = { kind: 'calendarYear' }

  @Column('integer') year: number
  /** A YearCalendar. */
  @Column('simple-json') content: object
}
