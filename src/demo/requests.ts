/** Which requests there were: a year of them, and before today one for every situation that somebody may want to see. */
import { addDays, instantAt } from '../calendar/dates.js'
import type { Draft } from '../cases/open.js'
import { type Halt, type Plot, usualTurns } from './caseStory.js'
import { type Dice, diceOf } from './dice.js'
import type { Stage } from './stage.js'
import type { CaseText } from './texts.js'

export interface Request {
  key: string
  start: Date
  draft: Draft
  plot: Plot
}

const YEAR_DAYS = 364
/** One in so many is a complaint that no rule routes. */
const ODD_ONE = 70

/** The guide that a text is about, where its words say so. */
const guideWords: readonly [word: string, guide: string][] = [
  ['排污许可', 'PW-01'],
  ['排污登记', 'PW-05'],
  ['登记表', 'HP-04'],
  ['报告书', 'HP-01'],
  ['报告表', 'HP-02'],
  ['应急预案', 'YJ-01'],
  ['夜间', 'ZS-01'],
]

/** So many ordinary requests, spread over the year. */
export function ordinary(stage: Stage, count: number): Request[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `case ${index}`
    const dice = diceOf(`plan ${key}`)
    const { calendar } = stage.ground
    const drawn = addDays(stage.today, -dice.between(1, YEAR_DAYS))
    // Few ask at weekends.
    const day = calendar.isWorkday(drawn) || dice.percent(15) ? drawn : calendar.workdayBefore(drawn, 1)
    const start = new Date(instantAt(day, '08:00').getTime() + dice.between(0, 9 * 3_600_000))
    const isOdd = index % ODD_ONE === ODD_ONE - 1
    const text = isOdd ? complaintText(stage, dice) : textOf(stage, dice, day)
    const draft = isOdd ? pooledDraft(stage, dice, text) : draftOf(stage, dice, text, day)
    return { key, start, draft, plot: { text, turns: usualTurns } }
  })
}

interface Situation {
  halt: Halt
  count: number
  /** Working days from today to the due date; or else how many working days ago it was asked. */
  due?: readonly number[]
  asked?: readonly number[]
  answered?: number
  rated?: number
  turns?: Plot['turns']
}

/** WHAT IS TO BE SEEN TODAY: every state, late and in time. */
const situations: readonly Situation[] = [
  { halt: 'unsigned', count: 5, due: [-1, -2, -3, -4, -6] },
  { halt: 'handling', count: 9, due: [-1, -1, -2, -2, -3, -4, -5, -7, -9], turns: { note: 50 } },
  { halt: 'handling', count: 8, due: [0], turns: { note: 50, assist: 20 } },
  { halt: 'handling', count: 10, due: [1], turns: { note: 30 } },
  { halt: 'handling', count: 12, due: [2, 3, 4], turns: { note: 30, transfer: 10 } },
  { halt: 'unsigned', count: 12, asked: [1] },
  { halt: 'waiting', count: 14, asked: [3, 4, 5, 6, 8] },
  { halt: 'assisting', count: 5, asked: [2, 3] },
  { halt: 'extensionAsked', count: 4, due: [1, 2] },
  { halt: 'declineProposed', count: 3, asked: [3, 4] },
  { halt: 'answered', count: 16, asked: [5, 6, 8], answered: 2 },
  { halt: 'pooled', count: 4, asked: [1, 2] },
  { halt: 'rated', count: 3, asked: [12], answered: 6, rated: 1 },
  { halt: 'verified', count: 3, asked: [14], answered: 9, rated: 5 },
  { halt: 'resolved', count: 3, asked: [20], answered: 14, rated: 10 },
  { halt: 'reopened', count: 3, asked: [18], answered: 9 },
]

export function present(stage: Stage): Request[] {
  return situations.flatMap((situation, row) =>
    Array.from({ length: situation.count }, (_, index) =>
      presentOne(stage, situation, `present ${row}.${index}`, index),
    ),
  )
}

function presentOne(stage: Stage, situation: Situation, key: string, index: number): Request {
  const dice = diceOf(`plan ${key}`)
  const { calendar, deadlines } = stage.ground
  const { halt, due, asked = [1], answered, rated, turns = {} } = situation
  const ago = (workdays: number) => calendar.workdayBefore(stage.today, workdays)
  const text = halt === 'pooled' ? complaintText(stage, dice) : plainText(stage, dice)
  const dueOn = due && fromToday(stage, due[index % due.length] as number)
  const day = dueOn
    ? calendar.workdayBefore(dueOn, deadlines.handle[text.category].workdays)
    : ago(asked[index % asked.length] as number)
  const start = new Date(instantAt(day, '08:40').getTime() + dice.between(0, 3 * 3_600_000))
  const draft =
    halt === 'pooled' ? pooledDraft(stage, dice, text) : draftOf(stage, dice, text, day, namedFirm(stage, halt, index))
  const plot: Plot = { text, halt, turns }
  if (answered !== undefined) plot.answerOn = ago(answered)
  if (rated !== undefined) Object.assign(plot, { ratedOn: ago(rated), score: 1 + (index % 2) })
  return { key, start, draft: { ...draft, review: isHeld(halt, index) ? 'held' : 'passed' }, plot }
}

/** Some wait for an officer's look. */
const isHeld = (halt: Halt, index: number) => halt === 'unsigned' && index % 4 === 3

/** A working day so many working days before or after today. */
function fromToday({ ground: { calendar }, today }: Stage, workdays: number): string {
  if (workdays < 0) return calendar.workdayBefore(today, -workdays)
  return calendar.workdayAfter(today, workdays)
}

/** The first of each situation belongs to the firms of the named users, so that they find each. */
function namedFirm({ cast }: Stage, halt: Halt, index: number): string | null | undefined {
  if (!['waiting', 'answered', 'handling', 'unsigned'].includes(halt) || index > 1) return undefined
  const [own, other] = [cast.projects[0], cast.projects[13]]
  return (index === 0 ? own : other)?.enterpriseId
}

function draftOf(stage: Stage, dice: Dice, text: CaseText, day: string, enterpriseId?: string | null): Draft {
  const { cast } = stage
  const firm = cast.firms.find(({ id }) => id === enterpriseId) ?? dice.pick(cast.firms)
  const project = cast.projects.find((one) => one.enterpriseId === firm.id && one.createdAt < instantAt(day))
  const isOfProject = project !== undefined && (enterpriseId != null || dice.percent(60))
  const guide = guideWords.find(([word]) => text.title.includes(word) || text.text.includes(word))?.[1]
  const unit = [...cast.units.values()].find((one) => one.districtCodes.includes(firm.districtCode ?? ''))
  const isAboutUnit = text.category === 'complaint' && dice.percent(30)
  return {
    source: 'help',
    category: text.category,
    title: text.title,
    text: text.text,
    enterpriseId: firm.id,
    projectId: isOfProject ? project.id : null,
    guideId: guide === undefined ? null : (cast.guides.get(guide) ?? null),
    districtCode: firm.districtCode,
    visitId: null,
    createdBy: cast.memberOf(firm.id),
    aboutUnitId: isAboutUnit ? (unit?.id ?? null) : null,
  }
}

/** A complaint about the approval office from somebody without a place: no rule takes it. */
function pooledDraft({ cast }: Stage, dice: Dice, text: CaseText): Draft {
  const firm = dice.pick(cast.firms)
  const nowhere = { enterpriseId: null, projectId: null, guideId: null, districtCode: null, visitId: null }
  const { category, title } = text
  return {
    source: 'help',
    category,
    title,
    text: text.text,
    ...nowhere,
    createdBy: cast.memberOf(firm.id),
    aboutUnitId: 'approval',
  }
}

const textOf = ({ caseTexts }: Stage, dice: Dice, day: string): CaseText =>
  dice.pick(caseTexts.filter(({ notBefore = '' }) => notBefore <= day))
const plainText = ({ caseTexts }: Stage, dice: Dice): CaseText =>
  dice.pick(caseTexts.filter(({ category, notBefore }) => category !== 'complaint' && notBefore === undefined))
const complaintText = ({ caseTexts }: Stage, dice: Dice): CaseText =>
  dice.pick(caseTexts.filter(({ category }) => category === 'complaint'))
