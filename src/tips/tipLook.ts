/** Who looked at who informed, and why: of each look a line. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('tip_look')
@Index('tip_look_tip', ['tipId', 'id'])
export class TipLook {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) tipId: string
  @Column('varchar', { length: 36 }) postId: string
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  /** The reason given. */
  @Column('text') text: string
  @Column('datetime', { precision: 3 }) at: Date
}
