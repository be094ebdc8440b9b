/** A request for help (诉求 / 求助): what was asked, who answers, and the events of its clock. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { ClockEventKind } from '../calendar/clock.js'
import type { CaseShare } from './caseShare.js'
import type { CaseSource } from './sources.js'
import type { CaseState } from './states.js'

/** A clock event as stored: the instant as ISO 8601 in UTC. */
export interface StoredClockEvent {
  kind: ClockEventKind
  at: string
  workdays?: number
}

export interface PendingExtension {
  workdays: number
  reason: string
  postId: string
  /** Who it was, whatever posts they hold later: the second person is another. */
  personId: string | null
  at: string
}

export interface PendingDecline {
  basis: string
  reason: string
  postId: string
  personId: string | null
  at: string
}

export type Review = 'pending' | 'passed' | 'held'

@Entity('help_case')
@Index('help_case_number', ['number'], { unique: true })
@Index('help_case_person', ['createdBy', 'id'])
@Index('help_case_person_state', ['createdBy', 'state', 'id'])
@Index('help_case_enterprise', ['enterpriseId', 'id'])
@Index('help_case_enterprise_state', ['enterpriseId', 'state', 'id'])
@Index('help_case_officer', ['officerPostId', 'state', 'dueOn'])
@Index('help_case_officer_id', ['officerPostId', 'id'])
@Index('help_case_unit', ['unitId', 'id'])
@Index('help_case_unit_state', ['unitId', 'state', 'dueOn'])
@Index('help_case_state', ['state', 'dueOn'])
@Index('help_case_project', ['projectId', 'id'])
@Index('help_case_answered', ['answeredOn'])
@Index('help_case_closed', ['closedOn'])
@Index('help_case_created', ['createdOn'])
@Index('help_case_about_post', ['aboutPostId'])
@Index('help_case_about_unit', ['aboutUnitId'])
export class HelpCase extends Tracked {
  static trail: TrailRule = {
    kind: 'case',
    digest: ['title', 'text', 'pendingDecline', 'pendingExtension'],
    untracked: ['dueOn', 'isProvisional'],
    parts: [
      { field: 'entry', table: 'case_entry', owner: 'caseId' },
      { field: 'note', table: 'case_note', owner: 'caseId' },
      { field: 'rated', table: 'rating', owner: 'caseId' },
    ],
  }

  /** As people see it: QZ20261123-K7M4Q. */
  @Column('varchar', { length: 24 }) number: string
  @Column('varchar', { length: 10 }) state: CaseState
  /** Whether what the enterprise wrote has passed the content check; the clock never waits for it. */
  @Column('varchar', { length: 8 }) review: Review
  @Column('varchar', { length: 8 }) source: CaseSource
  @Column('varchar', { length: 20 }) category: string
  @Column('varchar', { length: 100 }) title: string
  @Column('text') text: string
  @Column('varchar', { length: 36, nullable: true }) createdBy: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('varchar', { length: 10 }) createdOn: string
  @Column('varchar', { length: 36, nullable: true }) enterpriseId: string | null
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  @Column('varchar', { length: 36, nullable: true }) guideId: string | null
  @Column('varchar', { length: 36, nullable: true }) visitId: string | null
  /** Place of the matter. */
  @Column('varchar', { length: 6, nullable: true }) districtCode: string | null
  /** Null in the supervisor's pool. */
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('varchar', { length: 36, nullable: true }) officerPostId: string | null
  /** Whom a complaint is about: it never goes to, nor is seen by, them. */
  @Column('varchar', { length: 36, nullable: true }) aboutUnitId: string | null
  @Column('varchar', { length: 36, nullable: true }) aboutPostId: string | null
  /** Counts closings: 1, and one more for each reopening. */
  @Column('integer') round: number
  @Column('simple-json') clock: StoredClockEvent[]
  @Column('integer') allowedWorkdays: number
  @Column('varchar', { length: 10 }) dueOn: string
  @Column('boolean') isProvisional: boolean
  @Column('varchar', { length: 10 }) signDueOn: string
  @Column('datetime', { precision: 3, nullable: true }) signedAt: Date | null
  @Column('datetime', { precision: 3, nullable: true }) answeredAt: Date | null
  @Column('varchar', { length: 10, nullable: true }) answeredOn: string | null
  /** Who answered: the officer, or the stand-in; the one whom a rating is about. */
  @Column('varchar', { length: 36, nullable: true }) answeredByPostId: string | null
  /** Working days used when it was answered, and whether that was in time. */
  @Column('integer', { nullable: true }) usedWorkdays: number | null
  @Column('boolean', { nullable: true }) isInTime: boolean | null
  /** The last day of an answered case on which a word keeps it open. */
  @Column('varchar', { length: 10, nullable: true }) closesOn: string | null
  @Column('datetime', { precision: 3, nullable: true }) closedAt: Date | null
  @Column('varchar', { length: 10, nullable: true }) closedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) urgedOn: string | null
  /** Extensions agreed in this round. */
  @Column('integer') extensions: number
  @Column('simple-json', { nullable: true }) pendingExtension: PendingExtension | null
  @Column('simple-json', { nullable: true }) pendingDecline: PendingDecline | null
  /** The rating of this round's closing, 1 to 5. */
  @Column('integer', { nullable: true }) rating: number | null

  /** Loaded with the case where policy asks for it. */
  shares?: CaseShare[]
  /** The post it was taken from, in the transaction that gives it to another; null out of the pool. */
  takenFrom?: string | null
}
