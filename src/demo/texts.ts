/** The demonstration's texts under `seeds/demo/`, checked as they are read. */
import { z } from 'zod'
import { category } from '../people/contract.js'
import { books, careLevels, documentTypes, greenChannels, natures } from '../projects/words.js'
import { type Stage, stages } from '../projects/stages.js'
import { decisionStates, issueWays } from '../taskForce/states.js'
import type { Ground } from '../database/seed.js'
import { decisions, findings, violations } from '../tips/words.js'
import { leadOutcomes, leadSources } from '../leads/states.js'

const stage = z.enum(stages as [Stage, ...Stage[]])

const firms = z.object({
  enterprises: z.array(
    z.object({
      name: z.string(),
      creditCode: z.string(),
      districtCode: z.string(),
      contactName: z.string(),
      contactPhone: z.string(),
      /** Whose questions are this firm's; `factory` for whoever makes things. */
      trades: z.array(z.string()).min(1),
    }),
  ),
})
const projects = z.object({
  projects: z.array(
    z.object({
      no: z.int(),
      code: z.string(),
      name: z.string(),
      creditCode: z.string(),
      book: z.enum(books),
      careLevel: z.enum(careLevels),
      districtCode: z.string(),
      industryCode: z.string(),
      industry: z.string(),
      documentType: z.enum(documentTypes),
      isImmediate: z.boolean().optional(),
      greenChannel: z.enum(greenChannels).optional(),
      environmentalClass: z.string(),
      content: z.string(),
      totalInvestmentWan: z.int(),
      environmentalInvestmentWan: z.int(),
      constructionNature: z.enum(natures),
      plannedStartInDays: z.int(),
      plannedProductionInDays: z.int(),
      draftingPercent: z.int(),
      stages: z.array(z.object({ stage, daysAgo: z.int() })).min(1),
      issues: z.array(z.object({ text: z.string(), measure: z.string().nullable(), isSolved: z.boolean() })),
    }),
  ),
})
const meetings = z.object({
  meetings: z.array(
    z.object({
      team: z.string(),
      daysAgo: z.int(),
      topic: z.string(),
      place: z.string(),
      summary: z.string(),
      issues: z.array(
        z.object({ text: z.string(), way: z.enum(issueWays), category: category.exclude(['complaint']).optional() }),
      ),
      decisions: z.array(
        z.object({
          text: z.string(),
          /** A named login. */
          to: z.string(),
          dueInDays: z.int(),
          state: z.enum(decisionStates),
          said: z.string().nullable(),
        }),
      ),
    }),
  ),
  planned: z.object({ team: z.string(), inDays: z.int(), time: z.string(), topic: z.string(), place: z.string() }),
  excuse: z.string(),
  assist: z.string(),
  question: z.object({ guide: z.string(), question: z.string(), answer: z.string() }),
  remark: z.string(),
})
const refusal = z.object({ basis: z.string(), reason: z.string() })
const trades = z.array(z.string()).min(1).optional()
const request = z.object({
  category,
  title: z.string(),
  text: z.string(),
  question: z.string(),
  supplement: z.string(),
  notBefore: z.string().optional(),
  /** Only firms of these trades ask it; without, any. */
  trades,
})
const reply = z.object({ question: z.string(), supplement: z.string(), answer: z.string() })
const cases = z.object({
  cases: z.array(
    request.extend({
      answer: z.string(),
      /** The unit whose view may be asked. */
      assist: z.string().optional(),
      /** Why another unit may take it: the place lies elsewhere, or the city decides. */
      transfer: z.enum(['site', 'city']).optional(),
      /** Whom a complaint is about, where that is not the approval office. */
      about: z.enum(['branch', 'neighbour']).optional(),
    }),
  ),
  /** What is not the bureau's business. */
  notOurs: z.array(request.extend({ category: category.exclude(['complaint', 'suggestion']), refusal })).min(1),
})
const visits = z.object({
  visits: z.array(
    z.object({
      kind: z.enum(['park', 'enterprise']),
      topics: z.array(z.string()),
      summary: z.string(),
      trades,
      findings: z.array(
        z.union([
          z.object({ text: z.string(), category: category.exclude(['complaint']), isSolved: z.literal(true) }),
          z.object({ text: z.string(), category: category.exclude(['complaint']), isSolved: z.literal(false), reply }),
        ]),
      ),
    }),
  ),
})
const some = z.array(z.string()).min(1)
/** Nobody speaks of a complaint as of a question. */
const byKind = <T extends z.ZodType>(one: T) => z.object({ question: one, complaint: one, suggestion: one })
const words = z.object({
  notes: byKind(some),
  transfers: z.array(z.object({ kind: z.enum(['site', 'city']), to: z.string(), text: z.string() })).min(1),
  assists: z.array(z.object({ unit: z.string(), ask: z.string(), reply: z.string() })).min(1),
  pooledTo: z.string(),
  urges: byKind(some),
  withdrawals: byKind(some),
  extensions: byKind(some),
  reopens: byKind(some),
  ratings: byKind(z.record(z.enum(['1', '2', '3', '4', '5']), some)),
  rectifications: byKind(z.array(z.object({ finding: z.string(), measures: z.string(), callBack: z.string() })).min(1)),
  mistaken: z.string(),
  places: z.object({ enterprise: some, park: some }),
  visitNotes: some,
  visitDeclines: some,
  visitCancels: some,
  visitRemarks: some,
  applicationRefusals: z.array(refusal).min(1),
  comments: z.array(
    z.object({
      guide: z.string(),
      kind: z.enum(['suggestion', 'question', 'error']),
      text: z.string(),
      answer: z.string().nullable(),
    }),
  ),
  adminNotice: z.string(),
  calendarNotice: z.string(),
})

const stepsAgo = { daysAgo: z.int() }
const tips = z.object({
  tips: z.array(
    z.object({
      firm: z.string(),
      violation: z.enum(violations),
      happened: z.string().nullable(),
      text: z.string(),
      daysAgo: z.int(),
      /** Null: without a name. */
      informer: z.object({ login: z.string(), name: z.string(), phone: z.string(), idNumber: z.string() }).nullable(),
      wantsReward: z.boolean(),
      steps: z.array(
        z.discriminatedUnion('verb', [
          z.object({ verb: z.literal('accept'), ...stepsAgo, text: z.string().nullable() }),
          z.object({ verb: z.literal('refuse'), ...stepsAgo, basis: z.string(), text: z.string() }),
          z.object({ verb: z.literal('transfer'), ...stepsAgo, to: z.string(), text: z.string() }),
          z.object({ verb: z.literal('markPriority'), ...stepsAgo, text: z.string() }),
          z.object({ verb: z.literal('verify'), ...stepsAgo, finding: z.enum(findings), text: z.string() }),
          z.object({
            verb: z.literal('conclude'),
            ...stepsAgo,
            decision: z.enum(decisions),
            decisionNumber: z.string(),
            text: z.string(),
          }),
        ]),
      ),
    }),
  ),
})

const leads = z.object({
  leads: z.array(
    z.object({
      firm: z.string(),
      source: z.enum(leadSources),
      outlet: z.string().optional(),
      pollutant: z.string().optional(),
      value: z.number().optional(),
      limit: z.number().optional(),
      measure: z.string().optional(),
      text: z.string().optional(),
      daysAgo: z.int(),
      /** Null: not yet. */
      sentAgo: z.int().nullable(),
      answers: z.array(
        z.object({
          daysAgo: z.int(),
          outcome: z.enum(leadOutcomes),
          text: z.string(),
          measured: z.string().nullable(),
        }),
      ),
      returned: z.object({ daysAgo: z.int(), text: z.string() }).optional(),
      closedAgo: z.int().nullable(),
      closing: z.string().nullable(),
    }),
  ),
})

type Read = Pick<Ground, 'read'>
export const readFirms = ({ read }: Read) => firms.parse(read('demo/enterprises.json')).enterprises
export const readProjects = ({ read }: Read) => projects.parse(read('demo/projects.json')).projects
export const readCases = ({ read }: Read) => cases.parse(read('demo/caseTexts.json')).cases as CaseText[]
export const readNotOurs = ({ read }: Read): CaseText[] =>
  cases.parse(read('demo/caseTexts.json')).notOurs.map((one) => ({ ...one, answer: one.refusal.reason }))
export const readVisits = ({ read }: Read) => visits.parse(read('demo/visitTexts.json')).visits
export const readWords = ({ read }: Read) => words.parse(read('demo/words.json'))

export type CaseText = z.infer<typeof cases>['cases'][number] & { refusal?: z.infer<typeof refusal> }
export type Reply = z.infer<typeof reply>
export type VisitText = ReturnType<typeof readVisits>[number]
export type Words = ReturnType<typeof readWords>

/** In which tone a case is spoken of. */
export const kindOf = (category: string): 'question' | 'complaint' | 'suggestion' =>
  category === 'complaint' || category === 'suggestion' ? category : 'question'

/** Firms ask what is of their trade. */
export const isOfTrade = ({ trades: of }: Pick<CaseText, 'trades'>, firm: readonly string[]): boolean =>
  of === undefined || of.some((one) => firm.includes(one))

export const readTips = ({ read }: Read) => tips.parse(read('demo/tips.json')).tips
export type TipText = ReturnType<typeof readTips>[number]

export const readLeads = ({ read }: Read) => leads.parse(read('demo/leads.json')).leads
export type LeadText = ReturnType<typeof readLeads>[number]

export const readMeetings = ({ read }: Ground) => meetings.parse(read('demo/meetings.json'))
