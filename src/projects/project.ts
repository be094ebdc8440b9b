/** A major project (重大项目) as one line of the three ledgers (三本台账), with the three officers who look after it. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { ApprovalLevel, Book, CareLevel, DocumentType, GreenChannel, Nature, PermitType } from './words.js'
import type { Stage } from './stages.js'

@Entity('project')
@Index('project_code', ['book', 'projectCode'], { unique: true })
@Index('project_code_start', ['projectCode', 'id'])
@Index('project_name', ['name', 'id'])
@Index('project_book', ['book', 'id'])
@Index('project_enterprise', ['enterpriseId', 'id'])
@Index('project_officer', ['officerPostId', 'id'])
@Index('project_branch_leader', ['branchLeaderPostId', 'id'])
@Index('project_city_leader', ['cityLeaderPostId', 'id'])
@Index('project_unit', ['unitId', 'id'])
@Index('project_in_stage', ['stage', 'id'])
@Index('project_care', ['careEndedOn', 'id'])
@Index('project_promised', ['promisedDueOn', 'id'])
@Index('project_legal', ['legalDueOn', 'id'])
@Index('project_decided', ['decidedOn', 'id'])
export class Project extends Tracked {
  static trail: TrailRule = {
    kind: 'project',
    // what follows from the stages, the rules and the calendar (approvalRow.ts)
    untracked: ['acceptedOn', 'decidedOn', 'promisedDueOn', 'legalDueOn', 'usedWorkdays', 'usedDays'],
  }

  @Column('varchar', { length: 10 }) book: Book
  @Column('varchar', { length: 120 }) name: string
  /** 项目代码, `2017-130000-01-01-00001`; one book has it once. */
  @Column('varchar', { length: 40, nullable: true }) projectCode: string | null
  /** The firm in the software, once it is known to be the builder. */
  @Column('varchar', { length: 36, nullable: true }) enterpriseId: string | null
  /** 建设单位 as the ledger writes it. */
  @Column('varchar', { length: 100 }) builderName: string
  @Column('varchar', { length: 6, nullable: true }) districtCode: string | null
  /** The branch of the district. */
  @Column('varchar', { length: 36, nullable: true }) unitId: string | null
  @Column('varchar', { length: 60, nullable: true }) park: string | null
  /** 国民经济行业: code and name. */
  @Column('varchar', { length: 5, nullable: true }) industryCode: string | null
  @Column('varchar', { length: 60, nullable: true }) industry: string | null
  /** 《名录》大类 and 小类. */
  @Column('varchar', { length: 60, nullable: true }) classMajor: string | null
  @Column('varchar', { length: 120, nullable: true }) classMinor: string | null
  /** 建设内容、规模. */
  @Column('text', { nullable: true }) scale: string | null
  /** In hundreds of yuan (万元 with two decimals), so that 32 bits reach 21 474 836 万元. */
  @Column('integer', { nullable: true }) investmentHundreds: number | null
  @Column('integer', { nullable: true }) environmentalInvestmentHundreds: number | null
  @Column('varchar', { length: 10, nullable: true }) nature: Nature | null
  /** 是否当年开工. */
  @Column('boolean') startsThisYear: boolean
  @Column('varchar', { length: 10, nullable: true }) plannedStartOn: string | null
  @Column('varchar', { length: 10, nullable: true }) plannedProductionOn: string | null
  /** Null until it has been judged. */
  @Column('varchar', { length: 12, nullable: true }) documentType: DocumentType | null
  /** 列入即来即办目录; null, which is no, where the line is older than the question: its trail knows nothing of it. */
  @Column('boolean', { nullable: true }) isImmediate: boolean | null
  /** 绿色通道: of a kind that is to be decided in a third of the legal time. */
  @Column('varchar', { length: 16, nullable: true }) greenChannel: GreenChannel | null
  @Column('varchar', { length: 10, nullable: true }) approvalLevel: ApprovalLevel | null
  /** 审批部门. */
  @Column('varchar', { length: 60, nullable: true }) approvalUnit: string | null
  /** 编制单位. */
  @Column('varchar', { length: 100, nullable: true }) compiler: string | null
  /** 编制主持人: a private person's name, under the project's own key. */
  @Column('text', { nullable: true }) compilerLeadSealed: string | null
  /** 编制进度, percent. */
  @Column('integer') compileProgress: number
  @Column('varchar', { length: 10, nullable: true }) plannedSubmitOn: string | null
  @Column('varchar', { length: 12, nullable: true }) permitType: PermitType | null
  /** 总量指标. */
  @Column('varchar', { length: 200, nullable: true }) totalQuota: string | null
  @Column('varchar', { length: 6 }) careLevel: CareLevel
  @Column('varchar', { length: 36, nullable: true }) cityLeaderPostId: string | null
  @Column('varchar', { length: 36, nullable: true }) branchLeaderPostId: string | null
  /** 包保服务专员. */
  @Column('varchar', { length: 36, nullable: true }) officerPostId: string | null
  @Column('varchar', { length: 12 }) stage: Stage
  @Column('varchar', { length: 10 }) stageOn: string
  /** A copy of what the approval clock says, for lists and reminders; null where there is none. */
  @Column('varchar', { length: 10, nullable: true }) acceptedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) decidedOn: string | null
  @Column('varchar', { length: 10, nullable: true }) promisedDueOn: string | null
  @Column('varchar', { length: 10, nullable: true }) legalDueOn: string | null
  /** Of what has been decided: the days that counted, in working days and in calendar days. */
  @Column('integer', { nullable: true }) usedWorkdays: number | null
  @Column('integer', { nullable: true }) usedDays: number | null
  /** The day on which care ended; null while the project is looked after. */
  @Column('varchar', { length: 10, nullable: true }) careEndedOn: string | null
  /** 批复文号. */
  @Column('varchar', { length: 60, nullable: true }) approvalNumber: string | null
  /** The firm's contact: under the project's own key. */
  @Column('text', { nullable: true }) contactNameSealed: string | null
  @Column('text', { nullable: true }) contactPhoneSealed: string | null
  @Column('varchar', { length: 10, nullable: true }) lastContactOn: string | null
  @Column('varchar', { length: 10, nullable: true }) nextFollowUpOn: string | null
  @Column('datetime', { precision: 3 }) createdAt: Date
  @Column('datetime', { precision: 3 }) updatedAt: Date
}
