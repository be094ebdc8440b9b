/** What a meeting decided (决定事项): who answers for it, by when, and what was said of it until it was done. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { DecisionState, WordKind } from './states.js'

@Entity('decision')
@Index('decision_meeting', ['meetingId', 'id'])
@Index('decision_post', ['responsiblePostId', 'dueOn', 'id'])
@Index('decision_unit', ['unitId', 'dueOn', 'id'])
@Index('decision_day', ['dueOn', 'id'])
@Index('decision_in_state', ['state', 'dueOn', 'id'])
export class Decision extends Tracked {
  static trail: TrailRule = {
    kind: 'decision',
    digest: ['text'],
    parts: [{ field: 'word', table: 'decision_word', owner: 'decisionId' }],
  }

  @Column('varchar', { length: 36 }) meetingId: string
  /** The team's unit. */
  @Column('varchar', { length: 36 }) unitId: string
  @Column('text') text: string
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  @Column('varchar', { length: 36 }) responsiblePostId: string
  @Column('varchar', { length: 10 }) dueOn: string
  @Column('varchar', { length: 10 }) state: DecisionState
  /** The day on which it was said to be done. */
  @Column('varchar', { length: 10, nullable: true }) reportedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) closedOn: string | null
  @Column('varchar', { length: 36, nullable: true }) closedByPostId: string | null
  @Column('varchar', { length: 10 }) madeOn: string
}

@Entity('decision_word')
@Index('decision_word_decision', ['decisionId', 'id'])
export class DecisionWord {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) decisionId: string
  @Column('varchar', { length: 10 }) kind: WordKind
  @Column('text') text: string
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('datetime', { precision: 3 }) at: Date
}
