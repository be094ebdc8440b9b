/** A line of the rejection register (否决事项备案): what was refused, on what basis, proposed and agreed by whom. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { About } from './accused.js'
import type { RejectionState } from './rejectionStates.js'

@Entity('rejection')
@Index('rejection_kind', ['kind', 'id'])
@Index('rejection_unit', ['unitId', 'id'])
@Index('rejection_day', ['registeredOn'])
@Index('rejection_state', ['state', 'id'])
export class Rejection extends Tracked {
  static trail: TrailRule = { kind: 'rejection', digest: ['reason', 'remark', 'correction'] }

  /** A refused application, or a declined request for help: only the first counts for task 4. */
  @Column('varchar', { length: 12 }) kind: 'application' | 'help'
  @Column('varchar', { length: 36, nullable: true }) caseId: string | null
  @Column('varchar', { length: 36, nullable: true }) applicationId: string | null
  @Column('varchar', { length: 36, nullable: true }) enterpriseId: string | null
  @Column('varchar', { length: 36, nullable: true }) projectId: string | null
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('varchar', { length: 200 }) basis: string
  @Column('text') reason: string
  @Column('varchar', { length: 36 }) proposedByPostId: string
  @Column('varchar', { length: 36 }) agreedByPostId: string
  @Column('varchar', { length: 10 }) registeredOn: string
  /** Where its review stands (rejectionStates.ts); null counts as registered. */
  @Column('varchar', { length: 10, nullable: true }) state: RejectionState | null
  @Column('text', { nullable: true }) remark: string | null
  @Column('varchar', { length: 36, nullable: true }) reviewedByPostId: string | null
  @Column('varchar', { length: 10, nullable: true }) reviewedOn: string | null
  @Column('text', { nullable: true }) correction: string | null
  @Column('varchar', { length: 36, nullable: true }) correctedByPostId: string | null
  @Column('varchar', { length: 10, nullable: true }) correctedOn: string | null

  /** Whom the case complains about: loaded with it, as they do not learn of it here either. */
  about?: About
}
