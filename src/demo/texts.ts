/** The demonstration's texts under `seeds/demo/`, checked as they are read. */
import { z } from 'zod'
import { category } from '../people/contract.js'
import { books, careLevels, documentTypes, natures } from '../projects/words.js'
import { type Stage, stages } from '../projects/stages.js'
import type { Ground } from '../database/seed.js'

const stage = z.enum(stages as [Stage, ...Stage[]])

const firms = z.object({
  enterprises: z.array(
    z.object({
      name: z.string(),
      creditCode: z.string(),
      districtCode: z.string(),
      contactName: z.string(),
      contactPhone: z.string(),
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
const cases = z.object({
  cases: z.array(
    z.object({
      category,
      title: z.string(),
      text: z.string(),
      question: z.string(),
      supplement: z.string(),
      answer: z.string(),
      notBefore: z.string().optional(),
    }),
  ),
})
const visits = z.object({
  visits: z.array(
    z.object({
      kind: z.enum(['park', 'enterprise']),
      topics: z.array(z.string()),
      summary: z.string(),
      findings: z.array(
        z.object({ text: z.string(), category: category.exclude(['complaint']), isSolved: z.boolean() }),
      ),
    }),
  ),
})
const some = z.array(z.string()).min(1)
const refusal = z.object({ basis: z.string(), reason: z.string() })
const words = z.object({
  notes: some,
  transfers: some,
  assists: z.array(z.object({ unit: z.string(), ask: z.string(), reply: z.string() })).min(1),
  pooledTo: z.string(),
  urges: some,
  withdrawals: some,
  extensions: some,
  declines: z.array(refusal).min(1),
  reopens: some,
  ratings: z.record(z.enum(['1', '2', '3', '4', '5']), some),
  rectifications: z.array(z.object({ finding: z.string(), measures: z.string(), callBack: z.string() })).min(1),
  mistaken: z.string(),
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

type Read = Pick<Ground, 'read'>
export const readFirms = ({ read }: Read) => firms.parse(read('demo/enterprises.json')).enterprises
export const readProjects = ({ read }: Read) => projects.parse(read('demo/projects.json')).projects
export const readCases = ({ read }: Read) => cases.parse(read('demo/caseTexts.json')).cases
export const readVisits = ({ read }: Read) => visits.parse(read('demo/visitTexts.json')).visits
export const readWords = ({ read }: Read) => words.parse(read('demo/words.json'))

export type CaseText = ReturnType<typeof readCases>[number]
export type VisitText = ReturnType<typeof readVisits>[number]
export type Words = ReturnType<typeof readWords>
