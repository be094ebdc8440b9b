/** The rules of the approval clock as data (`seeds/approval.json`), so that an official can check a figure or a stage without touching code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isDate } from '../calendar/dates.js'
import { type Stage, stages } from './stages.js'
import { careLevels, type CareLevel, type DocumentType } from './words.js'

const origin = { source: z.string().trim().min(1, '请写明来源'), confirmed: z.boolean() }
const workdays = (least: number) => z.int().min(least, `不能少于${least}个工作日`).max(250, '不能超过250个工作日')
const day = z.string().refine(isDate, '不是有效日期，应写成 2026-10-01 这样')
const force = { effectiveFrom: day, effectiveTo: day.nullable() }
const words = z.string().trim().min(1).max(200)

/**
 * What a stage does to the clock: `before` there is none; `start` is day 0, and the days after it count; `on` counts;
 * `off` does not; `decide` ends it with a decision, `stop` without one.
 */
const clock = z.enum(['before', 'start', 'on', 'off', 'decide', 'stop'])
const stageRule = z.strictObject({ clock, usual: words.optional(), ...origin })

const documentType = z.enum(['report', 'form'])
const promised = z.strictObject({
  documentType,
  /** Of the catalogue of 即来即办. */
  isImmediate: z.boolean(),
  /** Whose approvals are promised: the bureau does not promise for those above it. */
  careLevels: z.array(z.enum(careLevels)).min(1),
  workdays: workdays(1),
  ...force,
  ...origin,
})
const legal = z.strictObject({
  documentType,
  /** 日 as the law writes it: counted in calendar days and in working days. */
  days: z.int().min(1).max(366),
  /** The law under `seeds/law`, with the same dates of force. */
  lawId: z.string(),
  text: words,
  ...force,
  ...origin,
})
const care = z.strictObject({
  duty: words,
  meaning: words,
  /** What the officer is asked to do when a deadline nears or has passed. */
  atAlarm: words,
  /** In touch with the firm, or with who approves, at least every so many working days. */
  contactWorkdays: workdays(1),
  ...origin,
})

const rules = z
  .strictObject({
    title: words,
    stages: z.strictObject(
      Object.fromEntries(stages.map((stage) => [stage, stageRule])) as Record<Stage, typeof stageRule>,
    ),
    promised: z.array(promised).min(1),
    legal: z.array(legal).min(1),
    /** The officer is reminded so many working days before each deadline. */
    remind: z.strictObject({
      promised: z.strictObject({ workdays: workdays(1), ...origin }),
      legal: z.strictObject({ workdays: workdays(1), ...origin }),
    }),
    care: z.strictObject(
      Object.fromEntries(careLevels.map((level) => [level, care])) as Record<CareLevel, typeof care>,
    ),
  })
  .superRefine(({ promised: promises, legal: limits, stages: table }, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const twice = (list: readonly Term[], same: (a: number, b: number) => boolean, path: string) => {
      for (const [at, term] of list.entries()) {
        if (term.effectiveTo !== null && term.effectiveTo < term.effectiveFrom)
          fault([path, at], '失效日期早于起用日期')
        const other = list.findIndex((one, place) => place > at && same(at, place) && overlap(one, term))
        if (other >= 0) fault([path, other], '同一种情形在同一天有两个时限')
      }
    }
    twice(limits, (a, b) => limits[a]?.documentType === limits[b]?.documentType, 'legal')
    twice(
      promises,
      (a, b) =>
        promises[a]?.documentType === promises[b]?.documentType &&
        promises[a]?.isImmediate === promises[b]?.isImmediate &&
        (promises[a]?.careLevels.some((level) => promises[b]?.careLevels.includes(level)) ?? false),
      'promised',
    )
    if (Object.values(table).every((rule) => rule.clock !== 'start')) fault(['stages'], '没有开始计时的环节')
  })

type Term = z.infer<z.ZodObject<typeof force>>
const overlap = (a: Term, b: Term) =>
  a.effectiveFrom <= (b.effectiveTo ?? '9999') && b.effectiveFrom <= (a.effectiveTo ?? '9999')

export type ApprovalRules = z.infer<typeof rules>
export type StageClock = z.infer<typeof clock>
export type PromisedTerm = z.infer<typeof promised>
export type LegalTerm = z.infer<typeof legal>

/** Reads `seeds/approval.json`. Throws ZodError with every fault. */
export const parseApprovalRules = (json: unknown): ApprovalRules => rules.parse(json)

export const readApprovalRules = (root: string): ApprovalRules =>
  parseApprovalRules(JSON.parse(readFileSync(join(root, 'seeds/approval.json'), 'utf8')))

export const clockOf = ({ stages: table }: ApprovalRules, stage: Stage): StageClock => table[stage].clock

/** Whether the days after a stage's first count. What was decided and then taken back was no decision: its days count. */
export const isCounting = (table: ApprovalRules, stage: Stage): boolean => clockOf(table, stage) !== 'off'

/** The stages in which a deadline runs, and somebody is to be reminded of it. */
export const runningStages = (table: ApprovalRules): Stage[] =>
  stages.filter((stage) => ['start', 'on'].includes(clockOf(table, stage)))

/** Where the clock stands still and its deadlines move with the day. */
export const pausedStages = (table: ApprovalRules): Stage[] => stages.filter((stage) => clockOf(table, stage) === 'off')

export interface Kind {
  /** Null until it has been judged: then the shorter limit, that of a form, is kept. */
  documentType: DocumentType | null
  isImmediate: boolean | null
  careLevel: CareLevel
}

const inForce = ({ effectiveFrom, effectiveTo }: Term, on: string) =>
  effectiveFrom <= on && on <= (effectiveTo ?? '9999')

/** What the bureau promised for what was accepted on the day; undefined where it promised nothing. */
export function promisedTerm({ promised: terms }: ApprovalRules, kind: Kind, on: string): PromisedTerm | undefined {
  const { documentType: type, isImmediate, careLevel } = kind
  const fitting = terms.filter(
    (term) => term.documentType === (type ?? 'form') && term.careLevels.includes(careLevel) && inForce(term, on),
  )
  // A report is not in the catalogue: then its ordinary promise stands.
  return (
    fitting.find((term) => term.isImmediate === (isImmediate ?? false)) ?? fitting.find((term) => !term.isImmediate)
  )
}

/** The legal limit for what was accepted on the day. */
export const legalTerm = ({ legal: terms }: ApprovalRules, { documentType }: Pick<Kind, 'documentType'>, on: string) =>
  terms.find((term) => term.documentType === (documentType ?? 'form') && inForce(term, on))
