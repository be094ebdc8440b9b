/** Holds one request for help against what was promised of it, by what the answers mean. */
import type { Cast } from './cast.js'
import { type Acknowledgement, type Command, type LoadVerb, viewOf } from './command.js'
import type { CaseRow, Notice, Rows } from './rows.js'
import type { CaseStory } from './story.js'
import type { Verdict } from './verdict.js'

/** The commands whose doing was acknowledged before the moment that counts. */
export type Promised = ReadonlyMap<Command, Acknowledgement>

interface Meaning {
  /** The case's state once this is done. */
  state: string
  /** Who hears of it, and how their notice is known. */
  told: 'asker' | 'officer'
  isNotice(notice: Notice): boolean
}

const byTemplate = (template: string) => (notice: Notice) => notice.template === template

/** What each step of a case brings about, as its users are told. */
const meanings: Readonly<Record<Exclude<LoadVerb, 'visit.record'>, Meaning>> = {
  'case.submit': { state: 'assigned', told: 'officer', isNotice: byTemplate('caseAssigned') },
  'case.sign': { state: 'handling', told: 'asker', isNotice: byTemplate('caseSigned') },
  'case.answer': { state: 'answered', told: 'asker', isNotice: byTemplate('caseAnswered') },
  'case.rate': { state: 'closed', told: 'officer', isNotice: ({ title }) => title.startsWith('企业已评价') },
}
const order = Object.keys(meanings) as (keyof typeof meanings)[]

/** 非常不满意 and 不满意 are looked into by somebody else. */
const BAD = 2

export function checkCase(story: CaseStory, rows: Rows, cast: Cast, promised: Promised, verdict: Verdict): void {
  const { title, steps } = story
  const [submit] = steps
  const found = rows.casesByTitle.get(title) ?? []
  const promise = submit && promised.get(submit)
  if (found.length > 1) verdict.doubled.push(`${title}: ${found.length} cases for one key`)
  if (!promise) {
    for (const row of found) checkSteps(story, row, rows, cast, promised, verdict)
    return
  }
  const { id, number } = viewOf(promise)
  const row = found.find((one) => one.id === id)
  if (!row) return void verdict.lost.push(`${title}: acknowledged as ${number}, and not there`)
  if (row.number !== number) verdict.lost.push(`${title}: acknowledged as ${number}, found as ${row.number}`)
  checkSteps(story, row, rows, cast, promised, verdict)
}

function checkSteps(
  { title, steps }: CaseStory,
  row: CaseRow,
  rows: Rows,
  cast: Cast,
  promised: Promised,
  { lost, doubled, halfDone }: Verdict,
): void {
  const asker = cast.askers.find(({ token }) => token === steps[0]?.token)
  const people = { asker: asker?.personId, officer: cast.officer.personId }
  let reached: string | undefined
  for (const verb of order) {
    const step = steps.find((one) => one.verb === verb)
    const promise = step && promised.get(step)
    const { state, told, isNotice } = meanings[verb]
    const entries = (rows.entries.get(row.id) ?? []).filter((one) => one.verb === verb)
    const what = `${title}: ${verb}`
    if (promise && entries.length === 0) lost.push(`${what} acknowledged, and not there`)
    if (entries.length > 1) doubled.push(`${what} stands ${entries.length} times in the timeline`)
    if (entries.length > 0) reached = state

    const isThere = entries.length > 0 ? 1 : 0
    const compare = (name: string, count: number, wanted: number) => {
      if (count < wanted) halfDone.push(`${what} without its ${name}`)
      if (count > wanted && wanted === 0) halfDone.push(`${what} not there, but its ${name} is`)
      if (count > wanted && wanted > 0) doubled.push(`${what}: ${count} times its ${name}`)
    }
    compare('trail entry', (rows.trail.get(row.id) ?? []).filter((one) => one.verb === verb).length, isThere)
    const notices = (rows.notices.get(row.id) ?? []).filter((one) => one.personId === people[told] && isNotice(one))
    compare('notice', notices.length, isThere)
    if (verb === 'case.answer' && isThere && entries[0]?.text !== step?.input['text'])
      lost.push(`${what}: another text`)
    if (verb === 'case.rate') {
      const ratings = rows.ratings.get(row.id) ?? []
      compare('rating', ratings.length, isThere)
      const score = Number(step?.input['score'])
      if (isThere && ratings.some((one) => one.score !== score)) lost.push(`${what}: another score`)
      const isBad = isThere === 1 && score <= BAD
      compare('rectification', (rows.rectifications.get(row.id) ?? []).length, isBad ? 1 : 0)
    }
    if (promise && row.version < viewOf(promise).version) lost.push(`${what}: version ${row.version} is older`)
  }
  if (row.state !== reached) halfDone.push(`${title}: is ${row.state}, its timeline says ${reached}`)
  if (row.review === 'pending') halfDone.push(`${title}: its content was never checked`)
}
