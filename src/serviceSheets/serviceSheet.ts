/** One issued version of a project's 环评审批服务单: what stood on it, its drawing, its code, and its receipt. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { SheetContent } from './contract.js'

@Entity('service_sheet')
@Index('service_sheet_edition', ['projectId', 'edition'], { unique: true })
@Index('service_sheet_code', ['codeHash'], { unique: true })
@Index('service_sheet_issued', ['issuedOn'])
export class ServiceSheet extends Tracked {
  static trail: TrailRule = { kind: 'serviceSheet', digest: ['content'], omit: ['codeHash'] }

  @Column('varchar', { length: 36 }) projectId: string
  /** 服务单编号: FW20261126-K7M4Q. */
  @Column('varchar', { length: 20 }) number: string
  @Column('integer') edition: number
  @Column('varchar', { length: 10 }) issuedOn: string
  @Column('varchar', { length: 36, nullable: true }) issuedByPostId: string | null
  @Column('simple-json') content: SheetContent
  /** Null until it is drawn. */
  @Column('varchar', { length: 36, nullable: true }) fileId: string | null
  @Column('varchar', { length: 64 }) codeHash: string
  /** The last day on which the code can be used. */
  @Column('varchar', { length: 10 }) codeExpiresOn: string
  @Column('datetime', { precision: 3, nullable: true }) codeRevokedAt: Date | null
  @Column('datetime', { precision: 3, nullable: true }) receivedAt: Date | null
  @Column('varchar', { length: 36, nullable: true }) receivedBy: string | null
}
