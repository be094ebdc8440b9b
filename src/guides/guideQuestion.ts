/** A question that a case has answered, proposed for a guide's 常见问题: the clerk words it anew, or leaves it. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { QuestionState } from './states.js'

@Entity('guide_question')
@Index('guide_question_state', ['state', 'id'])
@Index('guide_question_case', ['caseId', 'id'])
export class GuideQuestion extends Tracked {
  static trail: TrailRule = { kind: 'guideQuestion', digest: ['question', 'answer', 'note'] }

  @Column('varchar', { length: 36 }) guideId: string
  @Column('varchar', { length: 36 }) caseId: string
  /** All that the clerk, who reads no cases, learns of it. */
  @Column('varchar', { length: 24 }) caseNumber: string
  @Column('text') question: string
  @Column('text') answer: string
  @Column('varchar', { length: 10 }) state: QuestionState
  @Column('varchar', { length: 36 }) proposedByPostId: string
  @Column('datetime', { precision: 3 }) proposedAt: Date
  @Column('varchar', { length: 36, nullable: true }) settledByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) settledAt: Date | null
  /** Why it was left. */
  @Column('text', { nullable: true }) note: string | null
}
