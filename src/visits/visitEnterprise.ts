/** One firm's part in a visit: its answer to the offer, and its confirmation of the record. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { DeclineWay, VisitState } from './states.js'

@Entity('visit_enterprise')
@Index('visit_enterprise_pair', ['visitId', 'enterpriseId'], { unique: true })
@Index('visit_enterprise_firm', ['enterpriseId', 'onDate'])
@Index('visit_enterprise_answered', ['answeredBy'])
@Index('visit_enterprise_confirmed', ['confirmedBy'])
export class VisitEnterprise extends Tracked {
  static trail: TrailRule = { kind: 'visitEnterprise', digest: ['reason', 'remark'] }

  @Column('varchar', { length: 36 }) visitId: string
  @Column('varchar', { length: 36 }) enterpriseId: string
  @Column('varchar', { length: 10 }) state: VisitState
  /** As the visit's: the firm's year is counted by it. */
  @Column('varchar', { length: 10 }) onDate: string
  @Column('datetime', { precision: 3, nullable: true }) answeredAt: Date | null
  @Column('varchar', { length: 36, nullable: true }) answeredBy: string | null
  @Column('varchar', { length: 12, nullable: true }) declinedHow: DeclineWay | null
  @Column('text', { nullable: true }) reason: string | null
  @Column('datetime', { precision: 3, nullable: true }) confirmedAt: Date | null
  @Column('varchar', { length: 36, nullable: true }) confirmedBy: string | null
  @Column('varchar', { length: 36, nullable: true }) signatureFileId: string | null
  /** 1 非常不满意 … 5 非常满意. */
  @Column('integer', { nullable: true }) satisfaction: number | null
  @Column('text', { nullable: true }) remark: string | null
}

/** 企业同意才去: it said yes in the app, and did not take it back. */
export const hasAgreed = ({ answeredAt, declinedHow }: Pick<VisitEnterprise, 'answeredAt' | 'declinedHow'>): boolean =>
  answeredAt !== null && declinedHow === null
