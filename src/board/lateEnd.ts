/** Cases that ended after their due date: they were overdue on the days between, which the trend shows. */
import { Column, Entity, PrimaryColumn } from 'typeorm'

@Entity('late_end')
export class LateEnd {
  /** The day they were answered, declined or withdrawn. */
  @PrimaryColumn('varchar', { length: 10 }) day: string
  @PrimaryColumn('varchar', { length: 10 }) dueOn: string
  /** '' for the supervisor's pool. */
  @PrimaryColumn('varchar', { length: 36 }) unitId: string
  @Column('integer') cases: number
}
