/** What an informer added, until it is released: then it is a line of the timeline, under the same id, and no longer here. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('tip_addition')
@Index('tip_addition_tip', ['tipId', 'seq'], { unique: true })
@Index('tip_addition_release', ['releaseAt'])
export class TipAddition {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) tipId: string
  /** Its place among those of the tip that wait, from 1. */
  @Column('integer') seq: number
  @Column('text') text: string
  @Column('datetime', { precision: 3 }) releaseAt: Date
}
