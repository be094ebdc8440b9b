/** The bureau's deadlines as data (`seeds/deadlines.json`), so that an official can check and change a figure without touching code. */
import { z } from 'zod'

const origin = { source: z.string().trim().min(1, '请写明来源'), confirmed: z.boolean() }
const workdays = (least: number) => z.int().min(least, `不能少于${least}个工作日`).max(250, '不能超过250个工作日')
const term = z.strictObject({ workdays: workdays(1), ...origin })

const deadlines = z.strictObject({
  /** To be signed for within so many working days of receipt. */
  sign: term,
  /** To be answered within so many working days of receipt, by category. */
  handle: z.strictObject({
    siteSelection: term,
    zoneControl: term,
    industryAccess: term,
    policyGuidance: term,
    procedure: term,
    reform: term,
    assessment: term,
    consultation: term,
    complaint: term,
    suggestion: term,
  }),
  /** At most `times` extensions, of at most `workdays` each. */
  extension: z.strictObject({ times: z.int().min(0).max(10), workdays: workdays(1), ...origin }),
  /** The officer is reminded so many working days before the due date. */
  remind: term,
  /** Who hears of an overdue case after how many working days; 0 is as soon as it is overdue. */
  escalate: z.strictObject({
    leader: z.strictObject({ workdays: workdays(0), ...origin }),
    supervisor: z.strictObject({ workdays: workdays(0), ...origin }),
  }),
  /** An answered case closes by itself after so many working days without a word. */
  autoClose: term,
  /** A closed case may be reopened within so many calendar days. */
  reopen: z.strictObject({ days: z.int().min(0).max(366), ...origin }),
  /** So many working days from one urging to the next. */
  urge: term,
  /** An expert group that was asked to assist replies within so many working days. */
  expertHelp: term,
  /** 差评: to be verified with the rater, and put right, within so many working days of the rating; appealed against by the rated within as many, and decided within as many of the appeal. */
  rectification: z.strictObject({ verify: term, resolve: term, appeal: term, appealDecision: term }),
  /** 一次性告知 of what an application lacks: within so many working days of receipt, otherwise it counts as accepted. */
  window: z.strictObject({
    notice: term,
    /** Items that have a rule of their own, by the code of their guide. */
    noticeByGuide: z.array(term.extend({ codes: z.array(z.string().min(1)).min(1) })),
  }),
})

export type Deadlines = z.infer<typeof deadlines>

/** Reads `seeds/deadlines.json`. Throws ZodError with every fault. */
export function parseDeadlines(json: unknown): Deadlines {
  return deadlines.parse(json)
}
