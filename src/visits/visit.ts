/**
 * A visit of officials to a firm (进园区、进企业): offered, agreed, held, confirmed.
 * It is a service and never an inspection. 国办发〔2024〕54号: 严禁以观摩、督导等名义变相检查. Hence there is no column for
 * evidence, an inspection or a penalty, and nothing here leads to enforcement.
 */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { VisitState } from './states.js'

export interface VisitPlace {
  name: string
  latitude?: number | undefined
  longitude?: number | undefined
}

@Entity('visit')
@Index('visit_unit', ['unitId', 'onDate', 'id'])
@Index('visit_day', ['onDate', 'id'])
@Index('visit_in_state', ['state', 'onDate', 'id'])
@Index('visit_project', ['projectId', 'onDate'])
export class Visit extends Tracked {
  static trail: TrailRule = { kind: 'visit', digest: ['summary', 'note', 'cancelReason', 'place'] }

  @Column('varchar', { length: 10 }) state: VisitState
  @Column('varchar', { length: 10 }) kind: 'park' | 'enterprise'
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  /** The project's branch, or else the unit of who planned or recorded it. */
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  /** Monday of the week for which it was offered, or in which it took place unoffered. */
  @Column('varchar', { length: 10 }) week: string
  /** The day agreed; null when only the week is. */
  @Column('varchar', { length: 10, nullable: true }) plannedOn: string | null
  /** `HH:MM` in Asia/Shanghai. */
  @Column('varchar', { length: 5, nullable: true }) plannedTime: string | null
  /** The day it took place; until then the day planned, or the Monday of its week. */
  @Column('varchar', { length: 10 }) onDate: string
  @Column('varchar', { length: 36, nullable: true }) plannedByPostId: string | null
  @Column('simple-json') topics: string[]
  /** What the officials wrote to the firm with the offer. */
  @Column('text', { nullable: true }) note: string | null
  @Column('varchar', { length: 200, nullable: true }) cancelReason: string | null
  @Column('datetime', { precision: 3, nullable: true }) startedAt: Date | null
  @Column('datetime', { precision: 3, nullable: true }) endedAt: Date | null
  @Column('simple-json', { nullable: true }) place: VisitPlace | null
  /** The position is not in Shenyang: shown for a look, never a reason to refuse. */
  @Column('boolean') isPlaceOdd: boolean
  /** The firm's persons who were there, as JSON sealed under a key of the visit's own. */
  @Column('text', { nullable: true }) hostsSealed: string | null
  /** 企业同意拍照: as the record says; null where it says nothing. */
  @Column('boolean', { nullable: true }) photosAgreed: boolean | null
  @Column('text', { nullable: true }) summary: string | null
  @Column('varchar', { length: 36, nullable: true }) recordedByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) recordedAt: Date | null
  /** Keyed hash of the record as sent: a phone that sends it again is known by it. */
  @Column('varchar', { length: 64, nullable: true }) bodyHash: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
}
