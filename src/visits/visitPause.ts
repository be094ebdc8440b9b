/** 「本月不用」 or 「需要时我约」: for so long a firm is not offered visits, and its weeks count as offered. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { DeclineWay } from './states.js'

@Entity('visit_pause')
@Index('visit_pause_firm', ['enterpriseId', 'fromOn'])
@Index('visit_pause_project', ['projectId', 'fromOn'])
@Index('visit_pause_person', ['createdBy'])
@Index('visit_pause_lifter', ['liftedBy'])
export class VisitPause extends Tracked {
  static trail: TrailRule = { kind: 'visitPause' }

  @Column('varchar', { length: 36 }) enterpriseId: string
  /** The project it was said for; null for the whole firm. */
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  /** The offer that was declined with it. */
  @Column('varchar', { length: 36 }) visitId: string
  @Column('varchar', { length: 12 }) how: DeclineWay
  @Column('varchar', { length: 10 }) fromOn: string
  /** The last day of it; null until the firm calls. */
  @Column('varchar', { length: 10, nullable: true }) untilOn: string | null
  @Column('varchar', { length: 36, nullable: true }) createdBy: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  /** The day from which the firm wants visits again. */
  @Column('varchar', { length: 10, nullable: true }) liftedOn: string | null
  @Column('varchar', { length: 36, nullable: true }) liftedBy: string | null
}
