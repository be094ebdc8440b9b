/** What happened to cases on one day, by unit and category. Apart from the officers: nothing asks for both at once. */
import { Entity, PrimaryColumn } from 'typeorm'
import { DayCounts } from './dayCounts.js'

@Entity('category_day')
export class CategoryDay extends DayCounts {
  @PrimaryColumn('varchar', { length: 20 }) category: string
}
