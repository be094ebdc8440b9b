/** A tip about a violation (举报). Nothing in it, nor in its trail, says who informed: that is in `informers/` alone. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { Decision, Finding, TipState, Violation } from './words.js'

export interface TipPoint {
  latitude: number
  longitude: number
  name?: string | undefined
}

@Entity('tip')
@Index('tip_number', ['number'], { unique: true })
@Index('tip_in_state', ['state', 'dueOn'])
@Index('tip_received', ['receivedOn', 'id'])
@Index('tip_firm', ['firmKey', 'receivedOn'])
@Index('tip_handler', ['handlerPostId', 'state'])
@Index('tip_verifier', ['verifiedByPostId'])
@Index('tip_release', ['releaseAt'])
export class Tip extends Tracked {
  static trail: TrailRule = {
    kind: 'tip',
    digest: ['text', 'happened', 'address', 'point', 'facts', 'reply', 'priorityReason'],
    omit: ['codeHash'],
    untracked: ['acceptBy', 'dueOn', 'isProvisional', 'releaseAt'],
    parts: [
      { field: 'entry', table: 'tip_entry', owner: 'tipId' },
      { field: 'look', table: 'tip_look', owner: 'tipId' },
    ],
  }

  @Column('varchar', { length: 20 }) number: string
  /** Keyed hash of the code on the receipt. */
  @Column('varchar', { length: 64 }) codeHash: string
  @Column('varchar', { length: 12 }) state: TipState
  @Column('varchar', { length: 16 }) violation: Violation
  @Column('varchar', { length: 100 }) firmName: string
  @Column('varchar', { length: 18, nullable: true }) creditCode: string | null
  /** What tells that two tips are about one firm: its credit code, or its name without what is spelled either way. */
  @Column('varchar', { length: 100 }) firmKey: string
  @Column('varchar', { length: 6, nullable: true }) districtCode: string | null
  @Column('varchar', { length: 200, nullable: true }) address: string | null
  @Column('simple-json', { nullable: true }) point: TipPoint | null
  @Column('varchar', { length: 100, nullable: true }) happened: string | null
  @Column('text') text: string
  @Column('boolean') isNamed: boolean
  @Column('boolean') wantsReward: boolean
  /** Only the day: the moment would say too much. */
  @Column('varchar', { length: 10 }) receivedOn: string
  /** Until then it is not there for anybody but its informer; null from then on, so that it says no more when it came. */
  @Column('datetime', { precision: 3, nullable: true }) releaseAt: Date | null
  @Column('varchar', { length: 10 }) acceptBy: string
  @Column('varchar', { length: 10, nullable: true }) concludeBy: string | null
  /** The one of both that counts now; null once it is over. */
  @Column('varchar', { length: 10, nullable: true }) dueOn: string | null
  /** `acceptBy` falls into a year whose calendar is not announced. */
  @Column('boolean') isProvisional: boolean
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 36, nullable: true }) handlerPostId: string | null
  /** Accepted, refused or handed on to another authority, whichever came first. */
  @Column('varchar', { length: 10, nullable: true }) answeredOn: string | null
  @Column('varchar', { length: 10, nullable: true }) verifiedOn: string | null
  @Column('varchar', { length: 36, nullable: true }) verifiedByPostId: string | null
  /** The official, whatever posts they hold: who verified or concluded decides on no reward. */
  @Column('varchar', { length: 36, nullable: true }) verifiedBy: string | null
  @Column('varchar', { length: 12, nullable: true }) finding: Finding | null
  @Column('text', { nullable: true }) facts: string | null
  /** The tip that told the same matter first. */
  @Column('varchar', { length: 36, nullable: true }) sameMatterId: string | null
  @Column('varchar', { length: 10, nullable: true }) endedOn: string | null
  @Column('varchar', { length: 36, nullable: true }) concludedByPostId: string | null
  @Column('varchar', { length: 36, nullable: true }) concludedBy: string | null
  @Column('varchar', { length: 12, nullable: true }) decision: Decision | null
  @Column('varchar', { length: 60, nullable: true }) decisionNumber: string | null
  @Column('varchar', { length: 10, nullable: true }) decidedOn: string | null
  @Column('integer', { nullable: true }) penaltyFen: number | null
  @Column('text', { nullable: true }) reply: string | null
  @Column('boolean') isPriority: boolean
  @Column('varchar', { length: 500, nullable: true }) priorityReason: string | null
}
