/** An exceedance to be checked on site (超标线索), and what the branch and the enforcement team said of it. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { LeadOutcome, LeadSource, LeadState, LeadStep } from './states.js'

@Entity('lead')
@Index('lead_number', ['number'], { unique: true })
@Index('lead_once', ['mark'], { unique: true })
@Index('lead_unit', ['unitId', 'id'])
@Index('lead_in_state', ['state', 'dueOn', 'id'])
@Index('lead_created', ['createdOn', 'id'])
@Index('lead_sent', ['sentOn', 'id'])
export class Lead extends Tracked {
  static trail: TrailRule = {
    kind: 'lead',
    // That somebody told of it is not for whoever reads the trail.
    digest: ['text', 'source'],
    parts: [{ field: 'entry', table: 'lead_entry', owner: 'leadId' }],
  }

  /** As people see it: CB20261126-K7M4Q. */
  @Column('varchar', { length: 24 }) number: string
  /** What makes it this exceedance and no other: entered or imported twice, it is there once. */
  @Column('varchar', { length: 64 }) mark: string
  @Column('varchar', { length: 10 }) state: LeadState
  @Column('varchar', { length: 10 }) source: LeadSource
  /** The number that the platform gave it (平台编号). */
  @Column('varchar', { length: 60, nullable: true }) reference: string | null
  @Column('varchar', { length: 100 }) firmName: string
  @Column('varchar', { length: 18, nullable: true }) creditCode: string | null
  /** The firm of that code, where it is known here. */
  @Column('varchar', { length: 36, nullable: true }) enterpriseId: string | null
  @Column('varchar', { length: 6, nullable: true }) districtCode: string | null
  /** The branch that checks. */
  @Column('varchar', { length: 36 }) unitId: string
  /** 排放口. */
  @Column('varchar', { length: 100, nullable: true }) outlet: string | null
  /** 因子. */
  @Column('varchar', { length: 60, nullable: true }) pollutant: string | null
  /** Decimals as they are written: no database rounds them. */
  @Column('varchar', { length: 24, nullable: true }) value: string | null
  @Column('varchar', { length: 24, nullable: true }) limitValue: string | null
  /** mg/m³, mg/L and the like. */
  @Column('varchar', { length: 20, nullable: true }) measure: string | null
  @Column('datetime', { precision: 3, nullable: true }) exceededAt: Date | null
  /** In the words of the enforcement team. */
  @Column('text', { nullable: true }) text: string | null
  @Column('varchar', { length: 36, nullable: true }) createdByPostId: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('varchar', { length: 10 }) createdOn: string
  @Column('varchar', { length: 36, nullable: true }) sentByPostId: string | null
  @Column('varchar', { length: 10, nullable: true }) sentOn: string | null
  @Column('varchar', { length: 10, nullable: true }) dueOn: string | null
  /** The day of the answer that stands; of an answer sent back, no more. */
  @Column('varchar', { length: 10, nullable: true }) answeredOn: string | null
  @Column('varchar', { length: 14, nullable: true }) outcome: LeadOutcome | null
  @Column('varchar', { length: 10, nullable: true }) closedOn: string | null
}

/** A line of the lead's timeline after it was written down. */
@Entity('lead_entry')
@Index('lead_entry_lead', ['leadId', 'id'])
export class LeadEntry {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) leadId: string
  @Column('varchar', { length: 20 }) verb: LeadStep
  @Column('varchar', { length: 36, nullable: true }) postId: string | null
  @Column('datetime', { precision: 3 }) at: Date
  @Column('text', { nullable: true }) text: string | null
  @Column('varchar', { length: 14, nullable: true }) outcome: LeadOutcome | null
  /** 现场监测结果. */
  @Column('varchar', { length: 200, nullable: true }) measured: string | null
}
