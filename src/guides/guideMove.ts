/** Who moved a version of a guide, when, and what they said. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { GuideMoveVerb } from './states.js'

@Entity('guide_move')
@Index('guide_move_guide', ['guideId', 'id'])
export class GuideMove {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) guideId: string
  @Column('varchar', { length: 36 }) versionId: string
  @Column('varchar', { length: 40 }) verb: GuideMoveVerb
  @Column('datetime', { precision: 3 }) at: Date
  /** Null for what a new installation starts with. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('text', { nullable: true }) note: string | null
}
