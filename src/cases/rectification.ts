/** Putting a bad rating right (差评整改), by somebody other than the one rated. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { About } from './accused.js'

@Entity('rectification')
@Index('rectification_case', ['caseId'])
@Index('rectification_handler', ['handlerPostId', 'state'])
@Index('rectification_unit', ['unitId', 'state'])
@Index('rectification_state', ['state', 'resolveDueOn'])
@Index('rectification_created', ['createdOn'])
export class Rectification extends Tracked {
  static trail: TrailRule = {
    kind: 'rectification',
    digest: ['finding', 'measures', 'callBack', 'appealText', 'appealFinding'],
  }

  @Column('varchar', { length: 36 }) caseId: string
  @Column('varchar', { length: 36 }) ratingId: string
  /** assigned → verified → resolved → closed; a mistaken rating closes when verified. */
  @Column('varchar', { length: 10 }) state: 'assigned' | 'verified' | 'resolved' | 'closed'
  @Column('integer') score: number
  @Column('varchar', { length: 36, nullable: true }) ratedPostId: string | null
  @Column('varchar', { length: 36, nullable: true }) handlerPostId: string | null
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('varchar', { length: 10 }) createdOn: string
  @Column('varchar', { length: 10 }) verifyDueOn: string
  @Column('varchar', { length: 10 }) resolveDueOn: string
  @Column('varchar', { length: 10, nullable: true }) verdict: 'founded' | 'mistaken' | 'malicious' | null
  @Column('text', { nullable: true }) finding: string | null
  @Column('varchar', { length: 10, nullable: true }) verifiedOn: string | null
  @Column('text', { nullable: true }) measures: string | null
  @Column('varchar', { length: 10, nullable: true }) resolvedOn: string | null
  @Column('text', { nullable: true }) callBack: string | null
  @Column('varchar', { length: 10, nullable: true }) calledBackOn: string | null
  @Column('boolean', { nullable: true }) isSatisfied: boolean | null
  /** 申诉 of the rated, once, decided by the bureau. */
  @Column('text', { nullable: true }) appealText: string | null
  @Column('varchar', { length: 36, nullable: true }) appealedByPostId: string | null
  @Column('varchar', { length: 10, nullable: true }) appealedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) appealDueOn: string | null
  @Column('varchar', { length: 10, nullable: true }) appealResult: 'upheld' | 'dismissed' | null
  @Column('text', { nullable: true }) appealFinding: string | null
  @Column('varchar', { length: 10, nullable: true }) appealDecidedOn: string | null
  /** The second rating (回访后再次评价), 1 to 5. */
  @Column('integer', { nullable: true }) secondScore: number | null
  @Column('varchar', { length: 10, nullable: true }) secondOn: string | null

  /** Whom the case complains about: loaded with it, as they do not learn of it here either. */
  about?: About
}
