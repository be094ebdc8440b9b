/** Which requests there were: a year of them, and before today one for every situation that somebody may want to see. */
import { dateOf, instantAt } from '../calendar/dates.js'
import type { Draft } from '../cases/open.js'
import type { Enterprise } from '../people/enterprise.js'
import { type Halt, type Plot, usualTurns } from './caseStory.js'
import { type Dice, diceOf } from './dice.js'
import type { Stage } from './stage.js'
import { spread } from './spread.js'
import { type CaseText, isOfTrade } from './texts.js'

export interface Request {
  key: string
  start: Date
  draft: Draft
  plot: Plot
}

/** One in so many is a complaint that no rule routes. */
const ODD_ONE = 70
/** Of a hundred ordinary requests: how many are not the bureau's business. */
const NOT_OURS_SHARE = 3
/** Of a hundred: how often a firm asks about its own trade, where there is something to ask. */
const OWN_TRADE_SHARE = 55

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

/** So many requests in all, with those that visits left on the days given. */
export function requests(stage: Stage, count: number, fromVisits: readonly string[]): Request[] {
  const ask = asker(stage)
  const now = present(stage, ask)
  const laid = [...now.map(({ start }) => dateOf(start)), ...fromVisits]
  return [...now, ...ordinary(stage, ask, spread(stage, count - laid.length, laid))]
}

function ordinary(stage: Stage, ask: Ask, days: readonly string[]): Request[] {
  return days.map((day, index) => {
    const key = `case ${index}`
    const dice = diceOf(`plan ${key}`)
    const start = new Date(instantAt(day, '08:00').getTime() + dice.between(0, 9 * 3_600_000))
    const isOdd = index % ODD_ONE === ODD_ONE - 1
    const { firm, text } = isOdd
      ? ask(dice, { fits: isAboutApproval })
      : dice.percent(NOT_OURS_SHARE)
        ? ask(dice, { fits: isNotOurs })
        : ask(dice, {
            firm: dice.pick(stage.cast.firms),
            fits: (one) => !isNotOurs(one) && (one.notBefore ?? '') <= day,
          })
    const draft = isOdd ? pooledDraft(stage, firm, text) : draftOf(stage, dice, { firm, text, day })
    return { key, start, draft, plot: { text, turns: usualTurns } }
  })
}

interface Situation {
  halt: Halt
  count: number
  /** Working days from today to the due date; or else how many working days ago it was asked. */
  due?: readonly number[]
  asked?: readonly number[]
  answered?: readonly number[]
  rated?: number
  turns?: Plot['turns']
}

/** From one number to another, so many days apart. */
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

/** WHAT IS TO BE SEEN TODAY: every state, late and in time. A firm may take its time to supply what it was asked for. */
const situations: readonly Situation[] = [
  { halt: 'unsigned', count: 4, due: [-1, -2, -3, -4] },
  { halt: 'handling', count: 15, due: [-1, -2, -3, ...every(2, -27, -5)], turns: { note: 50 } },
  { halt: 'handling', count: 6, due: [0], turns: { note: 50, assist: 20 } },
  { halt: 'handling', count: 6, due: [1], turns: { note: 30 } },
  { halt: 'handling', count: 5, due: [2, 3, 4], turns: { note: 30, transfer: 40 } },
  { halt: 'unsigned', count: 4, asked: [1] },
  { halt: 'waiting', count: 38, asked: every(2, 9, 83) },
  { halt: 'assisting', count: 3, asked: [2, 3] },
  { halt: 'extensionAsked', count: 2, due: [1, 2] },
  { halt: 'declineProposed', count: 3, asked: [3, 4] },
  { halt: 'answered', count: 6, asked: every(1, 5, 10), answered: every(1, 1, 6) },
  { halt: 'pooled', count: 4, asked: [1, 2] },
  { halt: 'rated', count: 2, asked: [14], answered: [9], rated: 1 },
  { halt: 'verified', count: 2, asked: [16], answered: [11], rated: 5 },
  { halt: 'resolved', count: 2, asked: [21], answered: [16], rated: 10 },
  { halt: 'reopened', count: 2, asked: [14], answered: [9] },
]

function present(stage: Stage, ask: Ask): Request[] {
  return situations.flatMap((situation, row) =>
    Array.from({ length: situation.count }, (_, index) => presentOne(stage, ask, situation, { row, index })),
  )
}

function presentOne(
  stage: Stage,
  ask: Ask,
  situation: Situation,
  { row, index }: { row: number; index: number },
): Request {
  const key = `present ${row}.${index}`
  const dice = diceOf(`plan ${key}`)
  const { calendar, deadlines } = stage.ground
  const { halt, due, asked = [1], answered, rated, turns = {} } = situation
  const ago = (workdays: number) => calendar.workdayBefore(stage.today, workdays)
  const own = namedFirm(stage, halt, index)
  const { firm, text } = ask(dice, { firm: own, isOwn: own !== undefined, fits: fitting[halt] ?? isPlain })
  const dueOn = due && fromToday(stage, due[index % due.length] as number)
  const day = dueOn
    ? calendar.workdayBefore(dueOn, deadlines.handle[text.category].workdays)
    : ago(asked[index % asked.length] as number)
  const start = new Date(instantAt(day, '08:40').getTime() + dice.between(0, 3 * 3_600_000))
  const draft =
    halt === 'pooled'
      ? pooledDraft(stage, firm, text)
      : draftOf(stage, dice, { firm, text, day, isOfProject: own !== undefined })
  const plot: Plot = { text, halt, turns }
  if (answered !== undefined) plot.answerOn = ago(answered[index % answered.length] as number)
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
function namedFirm({ cast }: Stage, halt: Halt, index: number): Enterprise | undefined {
  if (!['waiting', 'answered', 'handling', 'unsigned'].includes(halt) || index > 1) return undefined
  const [own, other] = [cast.projects[0], cast.projects[13]]
  return cast.firms.find(({ id }) => id === (index === 0 ? own : other)?.enterpriseId)
}

interface Asked {
  firm: Enterprise
  text: CaseText
  day: string
  isOfProject?: boolean
}

function draftOf({ cast }: Stage, dice: Dice, { firm, text, day, isOfProject = false }: Asked): Draft {
  const project = cast.projects.find((one) => one.enterpriseId === firm.id && one.createdAt < instantAt(day))
  const isRelated = isOfProject || (!isNotOurs(text) && dice.percent(60))
  const guide = guideWords.find(([word]) => text.title.includes(word) || text.text.includes(word))?.[1]
  const unit = [...cast.units.values()].find((one) => one.districtCodes.includes(firm.districtCode ?? ''))
  const isAboutUnit = text.about === 'branch' || (isAboutApproval(text) && dice.percent(20))
  return {
    source: 'help',
    category: text.category,
    title: text.title,
    text: text.text,
    enterpriseId: firm.id,
    projectId: isRelated ? (project?.id ?? null) : null,
    guideId: guide === undefined ? null : (cast.guides.get(guide) ?? null),
    districtCode: firm.districtCode,
    visitId: null,
    createdBy: cast.memberOf(firm.id),
    aboutUnitId: isAboutUnit ? (unit?.id ?? null) : null,
  }
}

/** A complaint about the approval office from somebody without a place: no rule takes it. */
function pooledDraft({ cast }: Stage, firm: Enterprise, { category, title, text }: CaseText): Draft {
  const nowhere = { enterpriseId: null, projectId: null, guideId: null, districtCode: null, visitId: null }
  return {
    source: 'help',
    category,
    title,
    text,
    ...nowhere,
    createdBy: cast.memberOf(firm.id),
    aboutUnitId: 'approval',
  }
}

const isNotOurs = ({ refusal }: CaseText): boolean => refusal !== undefined
const isAboutApproval = ({ category, about }: CaseText): boolean => category === 'complaint' && about === undefined
/** Told on any day, by anybody, and answered. */
const isPlain = (text: CaseText): boolean =>
  text.category !== 'complaint' && text.notBefore === undefined && !isNotOurs(text)

/** What a situation needs of its text. */
const fitting: Partial<Record<Halt, (text: CaseText) => boolean>> = {
  pooled: isAboutApproval,
  declineProposed: isNotOurs,
  assisting: (text) => isPlain(text) && text.assist !== undefined,
}

interface Wish {
  /** Who asks; otherwise whoever the text fits. */
  firm?: Enterprise | undefined
  /** The firm asks about its own trade for certain. */
  isOwn?: boolean
  fits(text: CaseText): boolean
}

type Ask = (dice: Dice, wish: Wish) => { firm: Enterprise; text: CaseText }

/** Pairs firms with what is of their trade; a firm does not ask the same twice while it has anything else to ask. */
function asker({ cast, caseTexts, notOurs, tradesOf }: Stage): Ask {
  const asked = new Set<string>()
  const name = ({ id }: Enterprise, { title }: CaseText) => `${id} ${title}`
  const textOf = (dice: Dice, firm: Enterprise, { isOwn, fits }: Wish): CaseText => {
    const trades = tradesOf(firm.id)
    const possible = [...caseTexts, ...notOurs].filter((text) => fits(text) && isOfTrade(text, trades))
    const fresh = possible.filter((text) => !asked.has(name(firm, text)))
    const left = fresh.length > 0 ? fresh : possible
    const special = trades.filter((trade) => trade !== 'factory')
    const own = left.filter((text) => text.trades !== undefined && isOfTrade(text, special))
    return dice.pick(own.length > 0 && (isOwn || dice.percent(OWN_TRADE_SHARE)) ? own : left)
  }
  return (dice, wish) => {
    const given = wish.firm && { firm: wish.firm, text: textOf(dice, wish.firm, wish) }
    const found = given ?? fromText(dice, wish)
    asked.add(name(found.firm, found.text))
    return found
  }
  function fromText(dice: Dice, { fits }: Wish) {
    const text = dice.pick([...caseTexts, ...notOurs].filter(fits))
    const firms = cast.firms.filter((firm) => isOfTrade(text, tradesOf(firm.id)))
    const others = firms.filter((firm) => !asked.has(name(firm, text)))
    return { firm: dice.pick(others.length > 0 ? others : firms), text }
  }
}
