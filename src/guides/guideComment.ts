/** What a reader wrote under a guide. Public only when the clerk has answered it and it has passed the check. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

export const commentKinds = ['suggestion', 'question', 'error'] as const
export type CommentKind = (typeof commentKinds)[number]

@Entity('guide_comment')
@Index('guide_comment_guide', ['guideId', 'id'])
@Index('guide_comment_person', ['personId', 'guideId', 'id'])
@Index('guide_comment_answered', ['answeredAt', 'id'])
@Index('guide_comment_review', ['review', 'answeredAt'])
export class GuideComment extends Tracked {
  static trail: TrailRule = { kind: 'guideComment', digest: ['text', 'answer'] }

  @Column('varchar', { length: 36 }) guideId: string
  @Column('varchar', { length: 12 }) kind: CommentKind
  @Column('text') text: string
  /** Null once the writer has had their data erased. */
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  /** `held` and `pending` are seen by the clerk, who may release them with an answer. */
  @Column('varchar', { length: 8 }) review: 'pending' | 'passed' | 'held'
  @Column('text', { nullable: true }) answer: string | null
  @Column('datetime', { precision: 3, nullable: true }) answeredAt: Date | null
  /** The post that answered. */
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
}
