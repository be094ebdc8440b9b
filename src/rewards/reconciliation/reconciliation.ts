/** A day's books held against WeChat's and the bank's (每日对账), and every difference. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../../audit/tracked.js'

@Entity('reconciliation')
@Index('reconciliation_day', ['onDay'], { unique: true })
export class Reconciliation extends Tracked {
  static trail: TrailRule = { kind: 'reconciliation' }

  @Column('varchar', { length: 10 }) onDay: string
  @Column('datetime', { precision: 3 }) at: Date
  @Column('integer') bills: number
  @Column('integer') oursFen: number
  @Column('integer') theirsFen: number
  @Column('integer') differences: number
  @Column('integer') settled: number
}

@Entity('reconciliation_line')
@Index('reconciliation_line_key', ['reconciliationId', 'lineKey'], { unique: true })
export class ReconciliationLine extends Tracked {
  static trail: TrailRule = { kind: 'reconciliationLine', digest: ['note'] }

  @Column('varchar', { length: 36 }) reconciliationId: string
  @Column('varchar', { length: 80 }) lineKey: string
  @Column('varchar', { length: 36, nullable: true }) rewardId: string | null
  @Column('varchar', { length: 64, nullable: true }) reference: string | null
  /** In words: what stands with us, and what with them. */
  @Column('varchar', { length: 100 }) ours: string
  @Column('varchar', { length: 100 }) theirs: string
  @Column('integer') oursFen: number
  @Column('integer') theirsFen: number
  @Column('text', { nullable: true }) note: string | null
  @Column('varchar', { length: 36, nullable: true }) settledByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) settledAt: Date | null
}
