/**
 * Service visits (进园区、进企业): offer, consent, record, confirmation, and the weekly list.
 * Nothing here is an inspection. 国办发〔2024〕54号: 严禁以观摩、督导等名义变相检查. The objects are strict, so that a field for
 * evidence, an inspection or a penalty is refused; and nothing counts visits per head.
 */
import { z } from 'zod'
import { excelRun } from '../excel/contract.js'
import { fileIds, fileView } from '../files/contract.js'
import { category, enterpriseName, unitName } from '../people/contract.js'
import { command, date, id, instant, line, pageOf, paging, prose, query, version } from '../wire.js'
import { declineWays, visitStates } from './states.js'
import { weekStatuses } from './weeks.js'

const kind = z.enum(['park', 'enterprise'])
const state = z.enum(visitStates)
const how = z.enum(declineWays)
const isDistinct = (all: string[]) => new Set(all).size === all.length
const REPEATED = '有重复的，请去掉'

const enterpriseIds = z.array(id).min(1, '请选择企业').max(20).refine(isDistinct, REPEATED)
/** 上门服务至少两人. */
const staffIds = z.array(id).min(2, '上门服务至少两人').max(10).refine(isDistinct, REPEATED)
const topics = z.array(line(40)).max(10)
const phone = z
  .string()
  .trim()
  .regex(/^[\d+\-() ]{5,40}$/, '请填写电话号码')
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填写时间，如 09:30')

/** A complaint is not written down by those it may be about: the firm sends it itself. */
const findingCategory = category.exclude(['complaint'])

const place = z.strictObject({
  name: line(100),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
})
const host = z.strictObject({ name: line(40), title: line(40).optional(), phone: phone.optional() })
/** As kept: `hasAgreed` is whoever of the firm asked for the visit or agreed to it on the spot. */
export type Host = z.output<typeof host> & { hasAgreed?: true }

const finding = z.strictObject({
  text: prose(2000),
  isSolved: z.boolean(),
  category: findingCategory.optional(),
  /** Whose question it is, where several firms were visited. */
  enterpriseId: id.optional(),
})

const counter = z.strictObject({ year: z.int(), offered: z.int(), held: z.int(), declined: z.int() })

const firm = z.strictObject({
  enterprise: enterpriseName,
  state,
  answeredAt: instant.nullable(),
  declinedHow: how.nullable(),
  /** Staff, and whoever wrote it. */
  reason: z.string().nullable(),
  confirmedAt: instant.nullable(),
  satisfaction: z.int().nullable(),
  /** Staff, and whoever wrote it. */
  remark: z.string().nullable(),
  signature: fileView.nullable(),
  /** The firm's service visits of the year. */
  counter,
})
const official = z.strictObject({ postId: id, name: z.string(), title: z.string().nullable(), unit: z.string() })
const projectName = z.strictObject({ id, name: z.string() })

const visitLine = z.strictObject({
  id,
  state,
  kind,
  project: projectName.nullable(),
  firms: z.array(z.strictObject({ enterprise: enterpriseName, state, isConfirmed: z.boolean() })),
  week: date,
  plannedOn: date.nullable(),
  plannedTime: z.string().nullable(),
  startedAt: instant.nullable(),
  staff: z.array(official),
  topics: z.array(z.string()),
  /** What every firm is told: a service, and while it is only planned free to decline. */
  statement: z.string(),
  version,
  can: z.array(z.string()),
})

export const visitView = visitLine.omit({ firms: true }).extend({
  firms: z.array(firm),
  unit: unitName.nullable(),
  note: z.string().nullable(),
  cancelReason: z.string().nullable(),
  endedAt: instant.nullable(),
  place: place.nullable(),
  /** The position is not in Shenyang. */
  isPlaceOdd: z.boolean(),
  /** Masked but for the officials of the visit. */
  hosts: z.array(z.strictObject({ name: z.string(), title: z.string().nullable(), phone: z.string().nullable() })),
  /** Held although a firm had not agreed beforehand. */
  isUnplanned: z.boolean(),
  /** Who of the firm asked for it or agreed on the spot; masked as the hosts are. */
  agreedBy: z.string().nullable(),
  /** 企业同意拍照; null where the record does not say. */
  photosAgreed: z.boolean().nullable(),
  summary: z.string().nullable(),
  findings: z.array(
    z.strictObject({
      id,
      text: z.string(),
      isSolved: z.boolean(),
      category: z.string().nullable(),
      enterpriseId: id.nullable(),
      caseId: id.nullable(),
    }),
  ),
  files: z.array(fileView),
  recordedAt: instant.nullable(),
})

const pause = z.strictObject({
  project: projectName.nullable(),
  how,
  fromOn: date,
  /** Null until the firm calls. */
  untilOn: date.nullable(),
})

const someId = '01970000-0000-7000-8000-000000000001'
const otherId = '01970000-0000-7000-8000-000000000002'

const filter = {
  states: z.array(state).max(visitStates.length).optional(),
  enterpriseId: id.optional(),
  projectId: id.optional(),
  unitId: line(36).optional(),
  kind: kind.optional(),
  from: date.optional(),
  to: date.optional(),
  /** Held, and a firm has not confirmed yet. */
  awaitsConfirmation: z.boolean().optional(),
}

export const visitContract = {
  'visit.plan': command({
    summary: '向企业约上门服务（企业同意才去）',
    input: z.strictObject({
      kind,
      enterpriseIds,
      projectId: id.optional(),
      /** The day; or, without it, any day of the week meant. */
      plannedOn: date.optional(),
      plannedTime: time.optional(),
      week: date.optional(),
      staffIds,
      topics: topics.min(1, '请写明服务内容'),
      note: prose(500).optional(),
    }),
    output: visitView,
    example: {
      kind: 'enterprise',
      enterpriseIds: [someId],
      plannedOn: '2026-11-25',
      plannedTime: '09:30',
      staffIds: [someId, otherId],
      topics: ['政策解读'],
    },
  }),
  'visit.consent': command({
    summary: '企业同意上门服务（先前谢绝或暂停的，随之恢复）',
    input: z.strictObject({ id, version: version.optional(), enterpriseId: id.optional() }),
    output: visitView,
    example: { id: someId },
  }),
  'visit.decline': command({
    summary: '企业谢绝：只这一次、本月不用、需要时我约',
    input: z.strictObject({
      id,
      version: version.optional(),
      enterpriseId: id.optional(),
      how,
      reason: prose(500).optional(),
    }),
    output: visitView,
    example: { id: someId, how: 'thisMonth' },
  }),
  'visit.resume': command({
    summary: '企业需要上门服务了：结束「本月不用」「需要时我约」',
    input: z.strictObject({ enterpriseId: id, projectId: id.optional() }),
    output: z.strictObject({ lifted: z.int() }),
    example: { enterpriseId: someId },
  }),
  'visit.record': command({
    summary: '记录上门服务（编号由手机生成，重复提交只记一次）',
    input: z.strictObject({
      id,
      kind,
      enterpriseIds,
      projectId: id.optional(),
      startedAt: instant,
      endedAt: instant,
      place: place.optional(),
      staffIds,
      hosts: z.array(host).max(20).default([]),
      /** The name of the host who asked for the visit or agreed on the spot: needed where the firm had paused visits. */
      agreedBy: line(40).optional(),
      topics: topics.default([]),
      summary: prose(4000),
      findings: z.array(finding).max(20).default([]),
      /** 企业同意拍照. */
      photosAgreed: z.boolean().optional(),
      fileIds: fileIds.default([]),
    }),
    output: visitView,
    example: {
      id: someId,
      kind: 'enterprise',
      enterpriseIds: [someId],
      startedAt: '2026-11-23T09:00:00+08:00',
      endedAt: '2026-11-23T10:00:00+08:00',
      staffIds: [someId, otherId],
      hosts: [{ name: '王女士', title: '环保专员' }],
      topics: ['政策解读'],
      summary: '讲解了报告表的材料和时限。',
      findings: [{ text: '总量指标从哪里来', isSolved: false, category: 'procedure' }],
      fileIds: [],
    },
  }),
  'visit.confirm': command({
    summary: '企业签字确认上门服务记录并评价',
    input: z.strictObject({
      id,
      version: version.optional(),
      enterpriseId: id.optional(),
      signatureFileId: id,
      satisfaction: z.int().min(1).max(5),
      remark: prose(1000).optional(),
    }),
    output: visitView,
    example: { id: someId, signatureFileId: otherId, satisfaction: 5 },
  }),
  'visit.cancel': command({
    summary: '取消约好的上门服务',
    input: z.strictObject({ id, version: version.optional(), reason: line(200) }),
    output: visitView,
    example: { id: someId, reason: '临时有会，下周再约' },
  }),
  'visit.list': query({
    summary: '上门服务记录',
    input: z.strictObject({
      ...filter,
      ...paging,
    }),
    output: pageOf(visitLine),
    example: { states: ['held'] },
  }),
  'visit.export': command({
    summary: '把筛选出的上门服务记录导出成 Excel',
    input: z.strictObject(filter),
    output: excelRun,
    example: { states: ['held'], from: '2026-11-01', to: '2026-11-30' },
  }),
  'visit.read': query({
    summary: '一次上门服务的全部内容',
    input: z.strictObject({ id }),
    output: visitView,
    example: { id: someId },
  }),
  'visit.due': query({
    summary: '每周服务清单：包保项目这一周约了没有',
    input: z.strictObject({
      /** Any day of the week; this week without it. */
      week: date.optional(),
      unitId: line(36).optional(),
      officerPostId: id.optional(),
      status: z.enum(weekStatuses).optional(),
      ...paging,
    }),
    output: pageOf(
      z.strictObject({
        project: projectName,
        enterprise: enterpriseName.nullable(),
        officer: z.strictObject({ postId: id, name: z.string() }).nullable(),
        status: z.enum(weekStatuses),
        /** In words. */
        reason: z.string(),
        /** A held, planned, declined or paused week counts as offered. */
        isOffered: z.boolean(),
        visitId: id.nullable(),
        /** The day and time of that visit, where they were named. */
        plannedOn: date.nullable(),
        plannedTime: z.string().nullable(),
      }),
    ).extend({ week: z.strictObject({ from: date, to: date, workdays: z.int() }) }),
    example: { week: '2026-11-23' },
  }),
  'visit.counter': query({
    summary: '企业今年的上门服务次数（都不是检查）',
    input: z.strictObject({ enterpriseId: id.optional(), year: z.int().min(2020).max(2100).optional() }),
    output: z.strictObject({
      statement: z.string(),
      items: z.array(z.strictObject({ enterprise: enterpriseName, counter, pauses: z.array(pause) })),
    }),
    example: {},
  }),
}
