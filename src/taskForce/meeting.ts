/** A progress meeting (项目推进会) of a task force: planned, then held with what came of it, or cancelled. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { IssueWay, MeetingState } from './states.js'

@Entity('meeting')
@Index('meeting_day', ['onDate', 'id'])
@Index('meeting_in_state', ['state', 'onDate', 'id'])
@Index('meeting_unit', ['unitId', 'onDate', 'id'])
@Index('meeting_team', ['teamId', 'onDate', 'id'])
export class Meeting extends Tracked {
  static trail: TrailRule = { kind: 'meeting', digest: ['summary'] }

  @Column('varchar', { length: 36 }) teamId: string
  /** The team's unit. */
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 10 }) state: MeetingState
  /** The day planned, or once it was held the day on which it was. */
  @Column('varchar', { length: 10 }) onDate: string
  @Column('varchar', { length: 5, nullable: true }) time: string | null
  @Column('varchar', { length: 100, nullable: true }) place: string | null
  @Column('varchar', { length: 200 }) topic: string
  @Column('text', { nullable: true }) summary: string | null
  @Column('varchar', { length: 200, nullable: true }) cancelReason: string | null
  @Column('varchar', { length: 36, nullable: true }) plannedByPostId: string | null
  @Column('varchar', { length: 36, nullable: true }) recordedByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) recordedAt: Date | null
  @Column('datetime', { precision: 3 }) createdAt: Date
}

/** Who was invited, and who came. */
@Entity('meeting_attendance')
@Index('meeting_attendance_pair', ['meetingId', 'postId'], { unique: true })
@Index('meeting_attendance_post', ['postId', 'meetingId'])
export class MeetingAttendance {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) meetingId: string
  @Column('varchar', { length: 36 }) postId: string
  /** Null until it was held. */
  @Column('boolean', { nullable: true }) isPresent: boolean | null
  /** Why somebody was absent. */
  @Column('varchar', { length: 200, nullable: true }) excuse: string | null
}

/** A project talked about. */
@Entity('meeting_project')
@Index('meeting_project_pair', ['meetingId', 'projectId'], { unique: true })
@Index('meeting_project_project', ['projectId', 'meetingId'])
export class MeetingProject {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) meetingId: string
  @Column('varchar', { length: 36 }) projectId: string
}

/** What was raised: entered in a project's ledger (堵点问题), or made a case that is routed as any other. */
@Entity('meeting_issue')
@Index('meeting_issue_meeting', ['meetingId', 'id'])
@Index('meeting_issue_case', ['caseId'])
@Index('meeting_issue_day', ['raisedOn'])
export class MeetingIssue {
  /** Made where it was written, so that what is sent twice is entered once. */
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) meetingId: string
  @Column('text') text: string
  @Column('varchar', { length: 8 }) way: IssueWay
  @Column('varchar', { length: 10 }) raisedOn: string
  @Column('varchar', { length: 20, nullable: true }) category: string | null
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  @Column('varchar', { length: 36, nullable: true }) projectIssueId: string | null
  @Column('varchar', { length: 36, nullable: true }) caseId: string | null
}
