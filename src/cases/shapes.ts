/** What a request for help looks like on the wire: whole, as a line of a list, and by what lists are filtered. */
import { z } from 'zod'
import { fileView } from '../files/contract.js'
import { category, enterpriseName, unitName } from '../people/contract.js'
import { date, districtCode, id, instant, line, searchText, version } from '../wire.js'
import { caseSources } from './sources.js'
import { caseStates } from './states.js'

export const state = z.enum(caseStates)
const review = z.enum(['pending', 'passed', 'held'])
export const score = z.int().min(1).max(5)
const skipped = z.strictObject({ date, reason: z.string() })
export const unitId = line(36)

/** Working days only; the client shows it and never calculates. */
const clock = z.strictObject({
  startedOn: date,
  dueOn: date,
  workdays: z.int(),
  used: z.int(),
  isPaused: z.boolean(),
  /** The calendar of a year on the way has not been announced. */
  isProvisional: z.boolean(),
  isOverdue: z.boolean(),
  overdueBy: z.int(),
  skipped: z.array(skipped),
})
export const officer = z.strictObject({ postId: id, name: z.string(), phone: z.string().nullable() })
const actorView = z.strictObject({
  kind: z.enum(['enterprise', 'officer', 'system']),
  name: z.string(),
  unit: z.string().nullable(),
})
/** What the enterprise sees done, as the timeline names it; the service's own closing is a `case.close` too. */
export const timelineVerbs = [
  'case.submit',
  'case.sign',
  'case.askMore',
  'case.supply',
  'case.urge',
  'case.transfer',
  'case.assign',
  'case.agreeExtension',
  'case.answer',
  'case.agreeDecline',
  'case.withdraw',
  'case.close',
  'case.rate',
  'case.reopen',
] as const
/** What happens among staff only. */
export const noteVerbs = [
  'case.note',
  'case.assign',
  'case.assist',
  'case.assistReply',
  'case.extend',
  'case.decline',
  'case.release',
  'case.proposeQuestion',
] as const
const entry = z.strictObject({
  id,
  verb: z.enum(timelineVerbs),
  at: instant,
  actor: actorView,
  /** Null while the content check keeps it back from this reader. */
  text: z.string().nullable(),
  isHeld: z.boolean(),
  files: z.array(fileView),
})
const note = z.strictObject({ id, verb: z.enum(noteVerbs), at: instant, actor: actorView, text: z.string() })
const rating = z.strictObject({ score, text: z.string().nullable(), at: instant })
const pending = z.strictObject({ reason: z.string(), by: z.string(), at: instant })

export const caseView = z.strictObject({
  id,
  number: z.string(),
  state,
  review,
  source: z.enum(caseSources),
  category,
  title: z.string(),
  text: z.string(),
  enterprise: enterpriseName.nullable(),
  project: z.strictObject({ id, name: z.string() }).nullable(),
  guide: z.strictObject({ id, title: z.string() }).nullable(),
  visitId: id.nullable(),
  districtCode: z.string().nullable(),
  unit: unitName.nullable(),
  /** Who acts today: the officer, or the stand-in. */
  officer: officer.nullable(),
  standInFor: z.strictObject({ name: z.string() }).nullable(),
  clock,
  signDueOn: date,
  createdAt: instant,
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** While answered: it closes by itself after this day. */
  closesOn: date.nullable(),
  /** Urged already: the day from which it can be urged again. */
  urgeAgainOn: date.nullable(),
  timeline: z.array(entry),
  rating: rating.nullable(),
  files: z.array(fileView),
  /** Staff only. */
  contact: z.strictObject({ name: z.string().nullable(), phone: z.string().nullable() }).optional(),
  notes: z.array(note).optional(),
  assisting: z
    .array(
      z.strictObject({
        unit: unitName,
        since: instant,
        repliedAt: instant.nullable(),
        /** Of an expert group: the last day for its reply, and whether that is past without one. */
        dueOn: date.nullable(),
        isLate: z.boolean(),
      }),
    )
    .optional(),
  pendingExtension: pending.extend({ workdays: z.int() }).nullable().optional(),
  pendingDecline: pending.extend({ basis: z.string() }).nullable().optional(),
  /** The second rating, after a bad one was put right and called back on. */
  secondRating: z.strictObject({ score, on: date }).optional(),
  /** Only for whom a bad rating is about: until when they may say something against it, or what they said. */
  appeal: z
    .strictObject({
      untilOn: date,
      said: z
        .strictObject({
          text: z.string(),
          on: date,
          dueOn: date,
          result: z.enum(['upheld', 'dismissed']).nullable(),
          finding: z.string().nullable(),
        })
        .nullable(),
    })
    .optional(),
  /** Where a bad rating of this closing is put right, for staff who may read that. */
  rectificationId: id.optional(),
  extensions: z.int(),
  version,
  can: z.array(z.string()),
})

export const caseItem = z.strictObject({
  id,
  number: z.string(),
  state,
  review,
  source: z.enum(caseSources),
  category,
  title: z.string(),
  enterprise: z.strictObject({ id, name: z.string() }).nullable(),
  project: z.strictObject({ id, name: z.string() }).nullable(),
  unit: unitName.nullable(),
  officer: z.strictObject({ postId: id, name: z.string() }).nullable(),
  standInFor: z.strictObject({ name: z.string() }).nullable(),
  createdAt: instant,
  dueOn: date,
  /** Working days left, negative when overdue; null when nothing is owed. */
  daysLeft: z.int().nullable(),
  isOverdue: z.boolean(),
  /** Whether the answer came in time; null while one is owed, and where none was given. */
  isInTime: z.boolean().nullable(),
  isPaused: z.boolean(),
  isProvisional: z.boolean(),
  rating: score.nullable(),
  version,
})

export const caseFilter = {
  scope: z
    .enum(['mine', 'todo', 'assisting', 'unit', 'all'])
    .default('all')
    .describe(
      'mine：我或我的企业提的；todo：由我承办、还没有答复的，企业则是等我补充的和已答复还没有评价的；' +
        'assisting：请本单位会办、还没有回复的；unit：本单位的；all：我能看到的全部',
    ),
  states: z.array(state).optional(),
  due: z.enum(['soon', 'today', 'overdue']).optional(),
  unitId: unitId.optional(),
  /** Only what nobody has yet: the supervisor's pool. */
  isUnassigned: z.boolean().optional(),
  officerId: id.optional(),
  enterpriseId: id.optional(),
  projectId: id.optional(),
  districtCode: districtCode.optional(),
  category: category.optional(),
  rating: score.optional(),
  rated: z.boolean().optional().describe('本次办结有没有评价；没有评价的（false）只列本人和本企业的'),
  source: z.enum(caseSources).optional(),
  expertFrom: date.optional().describe('请专家组、指导小组会办的，从哪天起'),
  expertTo: date.optional(),
  expert: z
    .enum(['waiting', 'late', 'replied'])
    .optional()
    .describe('专家组、指导小组：waiting 等回复，late 过期未回复，replied 已回复'),
  pending: z.enum(['extension', 'decline']).optional().describe('等我同意的：extension 延期，decline 不予办理'),
  review: review.optional(),
  from: date.optional(),
  to: date.optional(),
  answeredFrom: date.optional(),
  answeredTo: date.optional(),
  closedFrom: date.optional(),
  closedTo: date.optional(),
  q: searchText.optional(),
}
