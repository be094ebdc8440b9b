/** An application at the window (窗口办件): what was handed in, told once, accepted and decided; a line of the window's ledger. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { GroundName } from './grounds.js'
import type { Material } from './rules.js'
import type { ApplicationState } from './states.js'

/** A refusal that waits for a second person. */
export interface PendingRefusal {
  ground: GroundName
  basis: string
  reason: string
  postId: string
  /** Who it was, whatever posts they hold later: the second person is another. */
  personId: string | null
  at: string
}

export type AcceptedHow = 'complete' | 'supplemented' | 'deemed'

@Entity('application')
@Index('application_number', ['number'], { unique: true })
@Index('application_unit', ['unitId', 'id'])
@Index('application_receiver', ['receivedByPostId', 'id'])
@Index('application_enterprise', ['enterpriseId', 'id'])
@Index('application_project', ['projectId', 'id'])
@Index('application_state', ['state', 'noticeDueOn'])
@Index('application_received', ['receivedOn'])
export class Application extends Tracked {
  static trail: TrailRule = {
    kind: 'application',
    digest: ['materials', 'noticeText', 'pendingRefusal', 'refusalReason', 'returnNote', 'endNote'],
    untracked: ['noticeDueOn', 'decideDueOn', 'isProvisional'],
  }

  /** As people see it: BJ20261126-K7M4Q. */
  @Column('varchar', { length: 24 }) number: string
  @Column('varchar', { length: 14 }) state: ApplicationState
  @Column('varchar', { length: 36 }) guideId: string
  /** The guide as it was when its check list was used. */
  @Column('varchar', { length: 40 }) guideCode: string
  @Column('varchar', { length: 200 }) guideTitle: string
  @Column('integer') guideVersion: number
  @Column('varchar', { length: 36 }) enterpriseId: string
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 36 }) receivedByPostId: string
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('varchar', { length: 10 }) receivedOn: string
  @Column('simple-json') materials: Material[]
  /** 要件齐全 on the day of receipt. */
  @Column('boolean') wasComplete: boolean
  @Column('varchar', { length: 10 }) noticeDueOn: string
  @Column('boolean') isProvisional: boolean
  /** 一次性告知: what was told, when, by whom; there is never a second one. */
  @Column('varchar', { length: 10, nullable: true }) noticedOn: string | null
  @Column('varchar', { length: 36, nullable: true }) noticedByPostId: string | null
  @Column('simple-json', { nullable: true }) noticeItems: string[] | null
  @Column('text', { nullable: true }) noticeText: string | null
  @Column('varchar', { length: 10, nullable: true }) suppliedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) acceptedOn: string | null
  @Column('varchar', { length: 14, nullable: true }) acceptedHow: AcceptedHow | null
  /** 承诺时限 of the guide in working days. */
  @Column('integer', { nullable: true }) promisedWorkdays: number | null
  @Column('varchar', { length: 10, nullable: true }) decideDueOn: string | null
  @Column('varchar', { length: 80, nullable: true }) approvalNumber: string | null
  @Column('simple-json', { nullable: true }) pendingRefusal: PendingRefusal | null
  @Column('varchar', { length: 20, nullable: true }) refusalGround: GroundName | null
  @Column('varchar', { length: 200, nullable: true }) refusalBasis: string | null
  @Column('text', { nullable: true }) refusalReason: string | null
  /** Why the second person did not agree to a refusal, the last time. */
  @Column('text', { nullable: true }) returnNote: string | null
  /** Approved, refused or withdrawn on this day. */
  @Column('varchar', { length: 10, nullable: true }) endedOn: string | null
  /** Said with the withdrawal. */
  @Column('text', { nullable: true }) endNote: string | null
}
