/** A month's approvals (环评审批项目清单) as they are handed over to enforcement (审管联动), and who has acknowledged them. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { DocumentType } from '../projects/words.js'
import type { HandoverState } from './states.js'

@Entity('handover_list')
@Index('handover_list_month', ['month'], { unique: true })
export class HandoverList extends Tracked {
  static trail: TrailRule = { kind: 'handover' }

  /** `2026-11`. */
  @Column('varchar', { length: 7 }) month: string
  @Column('varchar', { length: 12 }) state: HandoverState
  @Column('datetime', { precision: 3, nullable: true }) sentAt: Date | null
  @Column('varchar', { length: 36, nullable: true }) sentByPostId: string | null
}

/** One approval. No more of a project than these fields goes to enforcement, and nothing of visits: those are services. */
@Entity('handover_line')
@Index('handover_line_once', ['projectId', 'projectVersion'], { unique: true })
@Index('handover_line_list', ['listId', 'id'])
@Index('handover_line_unit', ['unitId', 'listId'])
@Index('handover_line_approved', ['approvedOn'])
export class HandoverLine extends Tracked {
  static trail: TrailRule = { kind: 'handoverLine' }

  @Column('varchar', { length: 36 }) listId: string
  @Column('varchar', { length: 36 }) projectId: string
  /** The project's version that the approval made: of each approval one line. */
  @Column('integer') projectVersion: number
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('varchar', { length: 120 }) projectName: string
  @Column('varchar', { length: 100 }) firmName: string
  @Column('varchar', { length: 12, nullable: true }) documentType: DocumentType | null
  @Column('varchar', { length: 60, nullable: true }) approvalNumber: string | null
  @Column('varchar', { length: 10 }) approvedOn: string
  /** The approval was taken back on that day. */
  @Column('varchar', { length: 10, nullable: true }) withdrawnOn: string | null
}

export interface Remark {
  lineId: string
  text: string
}

/** 签收: once for each unit a list goes to. */
@Entity('handover_receipt')
@Index('handover_receipt_pair', ['listId', 'unitId'], { unique: true })
export class HandoverReceipt extends Tracked {
  static trail: TrailRule = { kind: 'handoverReceipt', digest: ['remarks'] }

  @Column('varchar', { length: 36 }) listId: string
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 36 }) postId: string
  @Column('datetime', { precision: 3 }) at: Date
  @Column('simple-json') remarks: Remark[]
}
