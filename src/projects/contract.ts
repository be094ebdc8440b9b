/** The three ledgers of major projects: reading, keeping, assigning, moving on. */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { enterpriseName, unitName } from '../people/contract.js'
import {
  command,
  date,
  districtCode,
  id,
  instant,
  line,
  pageOf,
  paging,
  prose,
  query,
  searchText,
  version,
} from '../wire.js'
import { stages } from './stages.js'
import { approvalLevels, books, careLevels, documentTypes, greenChannels, natures, permitTypes } from './words.js'

const book = z.enum(books)
const stage = z.enum(stages)
const careLevel = z.enum(careLevels)
const documentType = z.enum(documentTypes)
const greenChannel = z.enum(greenChannels)
/** 万元, at most two decimals; the ledger keeps hundreds of yuan in 32 bits. */
const money = z.number().min(0).max(21_474_836).multipleOf(0.01, '金额以万元为单位，最多两位小数')
const percent = z.int().min(0).max(100)
const personName = line(40).refine((name) => !name.includes('*'), '请填写完整姓名')
const phone = z
  .string()
  .trim()
  .regex(/^[\d+\-() ]{5,40}$/, '请填写电话号码')

/** What is written in one line of the ledger, apart from who looks after it and where it stands. */
const columns = {
  projectCode: line(40).nullable(),
  districtCode: districtCode.nullable(),
  unitId: line(36).nullable(),
  park: line(60).nullable(),
  industryCode: line(5).nullable(),
  industry: line(60).nullable(),
  classMajor: line(60).nullable(),
  classMinor: line(120).nullable(),
  scale: prose(2000).nullable(),
  investment: money.nullable(),
  environmentalInvestment: money.nullable(),
  nature: z.enum(natures).nullable(),
  startsThisYear: z.boolean(),
  plannedStartOn: date.nullable(),
  plannedProductionOn: date.nullable(),
  documentType: documentType.nullable(),
  /** 列入即来即办目录. */
  isImmediate: z.boolean(),
  greenChannel: greenChannel.nullable(),
  approvalLevel: z.enum(approvalLevels).nullable(),
  approvalUnit: line(60).nullable(),
  compiler: line(100).nullable(),
  compileProgress: percent,
  plannedSubmitOn: date.nullable(),
  permitType: z.enum(permitTypes).nullable(),
  totalQuota: line(200).nullable(),
  careLevel,
  approvalNumber: line(60).nullable(),
  lastContactOn: date.nullable(),
  nextFollowUpOn: date.nullable(),
  compilerLead: personName.nullable(),
  contactName: personName.nullable(),
  contactPhone: phone.nullable(),
}
const named = { book, name: line(120), builderName: line(100) }
/** The builder's firm: by id, or by code, which registers a firm not yet known. */
const firm = { enterpriseId: id.nullable().optional(), creditCode: z.string().max(40).optional() }
const optionalColumns = z.strictObject(columns).partial().shape

const officer = z.strictObject({
  postId: id,
  name: z.string(),
  title: z.string().nullable(),
  workPhone: z.string().nullable(),
  unit: unitName,
})
/** The stage line: what was gone through, where it stands, and what usually follows for its document type. */
const stageLine = z.array(
  z.strictObject({
    stage,
    title: z.string(),
    state: z.enum(['done', 'now', 'ahead']),
    on: date.nullable(),
  }),
)
const issue = z.strictObject({
  id,
  text: z.string(),
  measures: z.string().nullable(),
  responsible: z.strictObject({ postId: id, name: z.string() }).nullable(),
  responsibleUnit: unitName.nullable(),
  openedOn: date,
  solvedOn: date.nullable(),
  caseId: id.nullable(),
})
/** Where a figure or a rule comes from, and whether the bureau has confirmed it. */
const origin = { source: z.string(), confirmed: z.boolean() }
const deadline = {
  dueOn: date,
  /** Working days left, negative when passed; null once it is decided or given up. */
  daysLeft: z.int().nullable(),
  /** Passed, or decided after it. */
  isOverdue: z.boolean(),
  ...origin,
}
/** The approval clock (approvalClock.ts), in working days unless said otherwise. */
const approvalClock = z.strictObject({
  /** The day of acceptance; it does not count itself. */
  startedOn: date,
  decidedOn: date.nullable(),
  isPaused: z.boolean(),
  isProvisional: z.boolean(),
  used: z.int(),
  paused: z.int(),
  /** The stretches that do not count; `to` is null while one is under way. */
  pauses: z.array(
    z.strictObject({ stage, title: z.string(), from: date, to: date.nullable(), workdays: z.int(), ...origin }),
  ),
  /** Null where the bureau has promised nothing (上级审批). */
  promised: z.strictObject({ workdays: z.int(), ...deadline }).nullable(),
  /** The earlier of both readings of 日; `text` as the law writes it. */
  legal: z
    .strictObject({ days: z.int(), text: z.string(), dueOnByCalendar: date, dueOnByWorkdays: date, ...deadline })
    .nullable(),
  /** By how many percent the legal time was shortened, once decided. */
  reduction: z.strictObject({ byWorkdays: z.number(), byCalendar: z.number() }).nullable(),
})
const summary = z.strictObject({
  id,
  book,
  name: z.string(),
  projectCode: z.string().nullable(),
  builderName: z.string(),
  enterprise: enterpriseName.nullable(),
  districtCode: z.string().nullable(),
  unit: unitName.nullable(),
  careLevel,
  careDuty: z.string(),
  documentType: documentType.nullable(),
  stage,
  stageTitle: z.string(),
  stageOn: date,
  promisedDueOn: date.nullable(),
  legalDueOn: date.nullable(),
  /** Working days to the earlier of both, negative when passed; null where no deadline runs. */
  daysLeft: z.int().nullable(),
  isOverdue: z.boolean(),
  decidedOn: date.nullable(),
  isUnderCare: z.boolean(),
  startsThisYear: z.boolean(),
  officer: officer.nullable(),
  branchLeader: officer.nullable(),
  cityLeader: officer.nullable(),
  line: stageLine,
  openIssues: z.int(),
  lastContactOn: date.nullable(),
  nextFollowUpOn: date.nullable(),
  version,
})
const entry = z.strictObject({
  ...columns,
  investment: z.number().nullable(),
  environmentalInvestment: z.number().nullable(),
  // masked for everybody but the officers in charge
  compilerLead: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  ...summary.shape,
  unitId: z.string().nullable(),
  careEndedOn: date.nullable(),
  stages: z.array(
    z.strictObject({
      stage,
      title: z.string(),
      on: date,
      isBack: z.boolean(),
      note: z.string().nullable(),
      movedBy: z.strictObject({ postId: id, name: z.string() }).nullable(),
      at: instant,
    }),
  ),
  /** The stage line: what was gone through, where it stands, and what usually follows for its document type. */
  line: z.array(
    z.strictObject({
      stage,
      title: z.string(),
      state: z.enum(['done', 'now', 'ahead']),
      on: date.nullable(),
      /** Whether its days count towards the deadlines; null where no clock runs in it. */
      counts: z.boolean().nullable(),
      /** Working days spent in it since the acceptance. */
      workdays: z.int().nullable(),
    }),
  ),
  /** Null before the acceptance; `clockNotes` say in words what it cannot tell. */
  clock: approvalClock.nullable(),
  clockNotes: z.array(z.string()),
  /** What the level of care asks of the officer. */
  care: z.strictObject({
    duty: z.string(),
    meaning: z.string(),
    /** By when the officer is to be in touch again; null once care has ended. */
    contactDueOn: date.nullable(),
    isContactLate: z.boolean(),
    ...origin,
  }),
  issues: z.array(issue),
  /** Where it may go next; empty for who may not move it. */
  moves: z.array(z.strictObject({ stage, title: z.string(), needsReason: z.boolean() })),
  createdAt: instant,
  updatedAt: instant,
  can: z.array(z.string()),
})
const filter = {
  book: z.array(book).optional(),
  stage: z.array(stage).optional(),
  careLevel: careLevel.optional(),
  unitId: line(36).optional(),
  officerPostId: id.optional(),
  enterpriseId: id.optional(),
  districtCode: districtCode.optional(),
  startsThisYear: z.boolean().optional(),
  isUnderCare: z.boolean().optional(),
  /** Whether a service sheet (服务单) has been issued. */
  hasSheet: z.boolean().optional(),
  /** By the earlier of the promised and the legal deadline, of what still waits for its decision. */
  due: z.enum(['soon', 'today', 'overdue']).optional(),
  decidedFrom: date.optional(),
  decidedTo: date.optional(),
  /** 绿色通道: of any of its kinds. */
  isGreenChannel: z.boolean().optional(),
  q: searchText.optional(),
}
const plain = z.union([z.string(), z.number(), z.boolean()]).nullable()
const someId = '01970000-0000-7000-8000-000000000001'

export const projectContract = {
  'project.list': query({
    summary: '重大项目台账（国家、地方、利用外资）',
    input: z.strictObject({
      ...filter,
      ...paging,
    }),
    output: pageOf(summary),
    example: { book: ['national'], q: '演示' },
  }),
  'project.export': command({
    summary: '把筛选出的台账导出成 Excel',
    input: z.strictObject(filter),
    output: excelRun,
    example: { book: ['national'] },
  }),
  'project.import': command({
    summary: '从 Excel 导入台账：先试导入，全部没有问题才写入',
    input: z.strictObject({
      /** One's own upload, .xlsx. */
      fileId: id,
      /** The ledger of lines that do not say theirs. */
      book: book.optional(),
      /** Checks only and writes nothing. */
      isDryRun: z.boolean().default(true),
    }),
    output: excelRun,
    example: { fileId: someId, book: 'local', isDryRun: true },
  }),
  'project.read': query({
    summary: '一个项目的全部台账信息',
    input: z.strictObject({ id }),
    output: entry,
    example: { id: someId },
  }),
  'project.history': query({
    summary: '项目的修改记录：谁、何时、哪一项、从什么改成什么',
    input: z.strictObject({ id, ...paging }),
    output: pageOf(
      z.strictObject({
        at: instant,
        verb: z.string(),
        by: z.strictObject({ postId: id, name: z.string() }).nullable(),
        changes: z.array(z.strictObject({ field: z.string(), title: z.string(), from: plain, to: plain })),
      }),
    ),
    example: { id: someId },
  }),
  'project.create': command({
    summary: '新增台账项目',
    input: z.strictObject({
      ...named,
      ...firm,
      ...optionalColumns,
      careLevel,
      stage: stage.optional(),
      stageOn: date.optional(),
    }),
    output: entry,
    example: {
      book: 'local',
      name: '演示·某某改造项目',
      builderName: '演示·某某有限公司',
      districtCode: '210106',
      careLevel: 'own',
      documentType: 'form',
      investment: 8600.5,
    },
  }),
  'project.update': command({
    summary: '修改台账项目（只改给出的栏目）',
    input: z.strictObject({
      id,
      version: version.optional(),
      ...z.strictObject(named).partial().shape,
      ...firm,
      ...optionalColumns,
    }),
    output: entry,
    example: { id: someId, compileProgress: 80, nextFollowUpOn: '2026-12-01' },
  }),
  'project.assign': command({
    summary: '指定三级包保：市局领导、分局领导、包保专员',
    input: z.strictObject({
      id,
      version: version.optional(),
      officerPostId: id.nullable().optional(),
      branchLeaderPostId: id.nullable().optional(),
      cityLeaderPostId: id.nullable().optional(),
    }),
    output: entry,
    example: { id: someId, officerPostId: someId },
  }),
  'project.advance': command({
    summary: '推进环评阶段（退回以前的阶段、暂缓、终止要写原因）',
    input: z.strictObject({
      id,
      version: version.optional(),
      stage,
      on: date.optional(),
      note: line(300).optional(),
      approvalNumber: line(60).optional(),
    }),
    output: entry,
    example: { id: someId, stage: 'accepted', on: '2026-11-23' },
  }),
  'project.addIssue': command({
    summary: '登记堵点问题',
    input: z.strictObject({
      id,
      version: version.optional(),
      text: prose(1000),
      measures: prose(1000).optional(),
      responsiblePostId: id.optional(),
      responsibleUnitId: line(36).optional(),
      openedOn: date.optional(),
    }),
    output: entry,
    example: { id: someId, text: '总量指标还没有落实', measures: '协助企业申请区域调剂' },
  }),
  'project.solveIssue': command({
    summary: '堵点问题已解决',
    input: z.strictObject({
      id,
      version: version.optional(),
      issueId: id,
      measures: prose(1000).optional(),
      solvedOn: date.optional(),
    }),
    output: entry,
    example: { id: someId, issueId: someId, measures: '指标已调剂到位' },
  }),
}
