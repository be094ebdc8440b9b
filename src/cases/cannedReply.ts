/** A canned reply (常用答复) of one unit, or of all. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('canned_reply')
@Index('canned_reply_unit', ['unitId'])
export class CannedReply extends Tracked {
  static trail: TrailRule = { kind: 'reply' }

  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('varchar', { length: 20, nullable: true }) category: string | null
  @Column('varchar', { length: 60 }) title: string
  @Column('text') text: string
  @Column('boolean') isActive: boolean
}
