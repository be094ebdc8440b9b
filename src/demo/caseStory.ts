/** The life of one request for help, from its submission to where today finds it. */
import { dateOf, instantAt, addDays } from '../calendar/dates.js'
import { change } from '../audit/trail.js'
import { handTo } from '../cases/handing.js'
import { HelpCase } from '../cases/helpCase.js'
import { move } from '../cases/move.js'
import { type Draft, officerOfUnit, openCase } from '../cases/open.js'
import { rate } from '../cases/rate.js'
import { BAD_SCORE } from '../cases/rating.js'
import { Rectification } from '../cases/rectification.js'
import * as steps from '../cases/steps.js'
import type { Category } from '../people/contract.js'
import type { Dice } from './dice.js'
import { touch } from './contacts.js'
import { hear } from './notices.js'
import type { Story } from './play.js'
import { deed, later, type Stage, stepOf, type Watch, watchOf, type Who } from './stage.js'
import { type CaseText, kindOf, type Reply } from './texts.js'

/** After which step nothing more happens; without it the story runs on until today. */
export const halts = [
  'pooled',
  'unsigned',
  'handling',
  'waiting',
  'assisting',
  'extensionAsked',
  'declineProposed',
  'answered',
  'rated',
  'verified',
  'resolved',
  'reopened',
] as const
export type Halt = (typeof halts)[number]

export interface Plot {
  text: Reply & Pick<CaseText, 'assist' | 'transfer' | 'refusal'>
  halt?: Halt
  /** The day of the answer; otherwise shortly before it is due. */
  answerOn?: string
  /** The day of the rating, or of the closing. */
  ratedOn?: string
  score?: number
  /** Of a hundred: how often each turn is taken. */
  turns: Partial<Record<Turn, number>>
}

type Turn = 'note' | 'transfer' | 'ask' | 'assist' | 'urge' | 'extend' | 'withdraw' | 'late' | 'reopen' | 'rate'

/** How cases usually go. */
export const usualTurns: Record<Turn, number> = {
  note: 22,
  /** Of those that another unit could take. */
  transfer: 35,
  ask: 27,
  /** Of those on which another unit has a view. */
  assist: 45,
  urge: 6,
  extend: 7,
  withdraw: 4,
  late: 6,
  reopen: 6,
  rate: 62,
}

/** An enterprise's request: submitted, then handled. */
export function* askedStory(stage: Stage, dice: Dice, start: Date, draft: Draft, plot: Plot): Story {
  let row: HelpCase | undefined
  yield deed(stage, start, 'case.submit', { personId: draft.createdBy ?? '' }, async (at) => {
    row = await openCase(stage.db, stage.ground, at, { ...draft, review: draft.review ?? 'passed' })
    hear(stage, row.officerPostId === null ? 'pooled' : 'assigned', row, at)
  })
  if (row) yield* handledStory(stage, dice, row, start, plot)
}

/** What becomes of an open case. */
export function* handledStory(stage: Stage, dice: Dice, row: HelpCase, start: Date, plot: Plot): Story {
  const tale: Tale = { stage, dice, row, plot, watch: watchOf(dice, start), asker: askerOf(stage, row) }
  const { calendar } = stage.ground
  if (row.officerPostId === null) {
    if (plot.halt === 'pooled') return
    yield* assigned(tale)
  }
  if (plot.halt === 'unsigned') return
  const kind = kindOf(row.category)
  const takes = (turn: Turn) => dice.percent(plot.turns[turn] ?? 0)
  if (row.source === 'help' && takes('withdraw')) {
    const day = addDays(tale.watch.day(), dice.between(0, 2))
    yield tell(tale, day, 'case.withdraw', tale.asker, 'withdrawn', (step) =>
      steps.withdraw(step, { text: dice.pick(stage.words.withdrawals[kind]), review: 'passed' }),
    )
    return
  }
  yield* signed(tale, takes('late') ? 2 : dice.percent(70) ? 0 : 1)
  if (takes('note')) {
    const text = dice.pick(stage.words.notes[kind])
    yield tell(tale, tale.watch.day(), 'case.note', officer(row), null, (step) =>
      move({ ...step, verb: 'case.note' }, {}, { text, isInternal: true }),
    )
  }
  if (takes('transfer')) yield* transferred(tale)
  if (plot.halt === 'handling') return
  if (plot.halt === 'waiting' || takes('ask')) {
    const asksOn = nextOf(stage, tale.watch.day(), dice.between(0, 1))
    yield tell(tale, asksOn, 'case.askMore', officer(row), 'asked', (step) =>
      move({ ...step, verb: 'case.askMore' }, {}, { text: plot.text.question }),
    )
    if (plot.halt === 'waiting') return
    const suppliesOn = addDays(tale.watch.day(), dice.between(1, 3))
    yield tell(tale, suppliesOn, 'case.supply', tale.asker, 'supplied', (step) =>
      move({ ...step, verb: 'case.supply' }, {}, { text: plot.text.supplement, review: 'passed' }),
    )
  }
  if (plot.text.refusal) {
    yield* declined(tale, plot.text.refusal)
    return
  }
  if (plot.halt === 'assisting' || takes('assist')) {
    if (yield* assisted(tale)) return
  }
  if (takes('urge')) {
    const day = nextOf(stage, tale.watch.day(), 1)
    yield tell(tale, day, 'case.urge', tale.asker, 'urged', (step) =>
      steps.urge(step, { text: dice.pick(stage.words.urges[kind]), review: 'passed' }),
    )
  }
  if (plot.halt === 'extensionAsked' || takes('extend')) {
    if (yield* extended(tale)) return
  }
  const isLate = plot.answerOn === undefined && takes('late')
  const answerOn = isLate
    ? calendar.workdayAfter(row.dueOn, dice.between(1, 3))
    : (plot.answerOn ?? calendar.workdayBefore(row.dueOn, dice.between(0, 2)))
  yield* answered(tale, later(answerOn, tale.watch.day()), plot.text.answer)
  if (plot.halt === 'answered') return
  if (plot.halt === 'reopened' || (row.source === 'help' && takes('reopen'))) {
    if (yield* reopened(tale)) return
  }
  yield* ended(tale, takes('rate'))
}

interface Tale {
  stage: Stage
  dice: Dice
  row: HelpCase
  plot: Plot
  watch: Watch
  asker: { personId: string }
}

/** Who asked; where a visit found the matter, the firm's member. */
const askerOf = ({ cast }: Stage, row: HelpCase) => ({
  personId: (row.source === 'help' ? row.createdBy : null) ?? cast.memberOf(row.enterpriseId ?? ''),
})

const officer = (row: HelpCase): Who => ({ postId: row.officerPostId ?? '' })

/** So many working days on; the day itself where it is one. */
const nextOf = ({ ground: { calendar } }: Stage, day: string, workdays: number) => calendar.workdayAfter(day, workdays)

function tell(
  { stage, row, watch }: Tale,
  day: string,
  verb: string,
  who: Who,
  tiding: Parameters<typeof hear>[1] | null,
  run: (step: steps.Taken) => Promise<unknown>,
) {
  return deed(stage, watch.on(day), verb, who, async (at) => {
    await run(stepOf(stage, row, who, at))
    if (tiding) hear(stage, tiding, row, at)
  })
}

function* signed(tale: Tale, workdays: number): Story {
  const { stage, watch, row } = tale
  const isWorkday = stage.ground.calendar.isWorkday(watch.day())
  const day = nextOf(stage, watch.day(), isWorkday ? workdays : Math.max(1, workdays))
  yield tell(tale, day, 'case.sign', officer(row), 'signed', steps.sign)
}

/** Out of the pool: a complaint about the approval office goes to another, by somebody who is not of that office. */
function* assigned(tale: Tale): Story {
  const { stage, row, watch } = tale
  const { cityLeader, officersOf } = stage.cast
  const [to] = officersOf('academy')
  if (!to) return
  const text = `指派${to.name}承办：${stage.words.pooledTo}`
  yield tell(tale, nextOf(stage, watch.day(), 1), 'case.assign', { postId: cityLeader.id }, 'assigned', (step) =>
    handTo({ ...step, verb: 'case.assign' }, to.unitId, to.id, { text, isInternal: true }),
  )
  if (row.officerPostId === null) throw new Error('a case stays in the pool')
}

function* transferred(tale: Tale): Story {
  const { stage, row, watch, dice, plot } = tale
  const { words, cast } = stage
  // A project lies where it lies.
  if (plot.text.transfer === undefined || (plot.text.transfer === 'site' && row.projectId !== null)) return
  const { to: unitId, text: why } = dice.pick(
    words.transfers.filter(({ kind, to }) => kind === plot.text.transfer && to !== row.unitId),
  )
  const unit = cast.units.get(unitId)
  if (!unit) throw new Error(`no unit ${unitId}`)
  const text = `转${unit.name}办理：${why}`
  yield tell(tale, watch.day(), 'case.transfer', officer(row), 'assigned', async (step) => {
    const matter = { ...row, category: row.category as Category }
    const postId = await officerOfUnit(stage.db, unitId, matter, dateOf(step.now))
    if (postId === null) throw new Error(`${unit.name} has nobody`)
    await handTo({ ...step, verb: 'case.transfer' }, unitId, postId, { text })
  })
  yield* signed(tale, 1)
}

/** True where the story ends while the other unit is still asked. */
function* assisted(tale: Tale): Generator<ReturnType<typeof tell>, boolean, void> {
  const { stage, row, watch, plot } = tale
  const view = stage.words.assists.find(({ unit: one }) => one === plot.text.assist)
  if (!view) return false
  const { unit: unitId, ask, reply } = view
  const unit = stage.cast.units.get(unitId)
  const [adviser] = stage.cast.officersOf(unitId)
  if (!unit || !adviser || unitId === row.unitId) return false
  yield tell(tale, watch.day(), 'case.assist', officer(row), null, (step) => steps.assist(step, unit, ask))
  if (plot.halt === 'assisting') return true
  yield tell(tale, nextOf(stage, watch.day(), 1), 'case.assistReply', { postId: adviser.id }, 'assistReplied', (step) =>
    steps.assistReply(step, unitId, reply),
  )
  return false
}

/** Proposed by the officer, agreed by another person. */
function* declined(tale: Tale, refusal: NonNullable<CaseText['refusal']>): Story {
  const { stage, row, watch, plot } = tale
  const day = nextOf(stage, watch.day(), 1)
  yield tell(tale, day, 'case.decline', officer(row), 'declineProposed', (step) => steps.decline(step, refusal))
  const asked = row.pendingDecline
  if (plot.halt === 'declineProposed' || !asked) return
  const leader = stage.cast.leaderOf(row.unitId ?? '')
  const isKept = row.aboutUnitId !== null || row.aboutPostId !== null
  const by = isKept ? stage.cast.cityLeader : (leader ?? stage.cast.supervisor)
  yield tell(tale, nextOf(stage, watch.day(), 1), 'case.agreeDecline', { postId: by.id }, 'declined', (step) =>
    steps.agreeDecline(step, asked),
  )
}

/** True where the story ends with the extension asked for. */
function* extended(tale: Tale): Generator<ReturnType<typeof tell>, boolean, void> {
  const { stage, row, watch, dice, plot } = tale
  const { calendar, deadlines } = stage.ground
  const askedOn = later(calendar.workdayBefore(row.dueOn, plot.halt === 'extensionAsked' ? 2 : 1), watch.day())
  const wish = {
    workdays: dice.between(2, deadlines.extension.workdays),
    reason: dice.pick(stage.words.extensions[kindOf(row.category)]),
  }
  yield tell(tale, askedOn, 'case.extend', officer(row), 'extensionAsked', (step) => steps.extend(step, wish))
  const asked = row.pendingExtension
  if (plot.halt === 'extensionAsked' || !asked) return true
  const by = row.aboutUnitId === stage.cast.supervisor.unitId ? stage.cast.cityLeader : stage.cast.supervisor
  yield tell(tale, nextOf(stage, watch.day(), 1), 'case.agreeExtension', { postId: by.id }, 'extended', (step) =>
    steps.agreeExtension(step, asked),
  )
  return false
}

function* answered(tale: Tale, day: string, text: string): Story {
  yield tell(tale, day, 'case.answer', officer(tale.row), 'answered', async (step) => {
    await steps.answer(step, { text })
    await touch(tale.stage, tale.row.projectId, step.now)
  })
}

/** Asked again after the closing, and answered again; true where the story ends before that. */
function* reopened(tale: Tale): Generator<ReturnType<typeof tell>, boolean, void> {
  const { stage, row, watch, dice, plot } = tale
  yield tell(tale, addDays(watch.day(), dice.between(1, 2)), 'case.close', tale.asker, null, steps.close)
  const text = dice.pick(stage.words.reopens[kindOf(row.category)])
  const to = { officerPostId: row.officerPostId, unitId: row.unitId }
  yield tell(tale, addDays(watch.day(), dice.between(1, 4)), 'case.reopen', tale.asker, 'assigned', (step) =>
    steps.reopen(step, to, { text, review: 'passed' }),
  )
  if (plot.halt === 'reopened') return true
  yield* signed(tale, 1)
  yield* answered(
    tale,
    later(stage.ground.calendar.workdayBefore(row.dueOn, 1), watch.day()),
    `补充答复：${plot.text.answer}`,
  )
  return false
}

const scores = [5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1]

/** Rated, closed without a word, or closed by itself. */
function* ended(tale: Tale, isRated: boolean): Story {
  const { stage, row, watch, dice, plot } = tale
  if (!isRated && plot.ratedOn === undefined) {
    if (dice.percent(45)) {
      yield tell(tale, addDays(watch.day(), dice.between(1, 5)), 'case.close', tale.asker, null, steps.close)
      return
    }
    const at = instantAt(addDays(row.closesOn ?? watch.day(), 1), '00:15')
    yield deed(stage, at, 'case.closeOne', null, (now) => steps.closeSilent({ db: stage.db, target: row, now }))
    return
  }
  const day = plot.ratedOn ?? addDays(watch.day(), dice.between(1, 5))
  const score = plot.score ?? dice.pick(scores)
  const text = dice.pick(stage.words.ratings[kindOf(row.category)][String(score) as '1'])
  yield tell(tale, day, 'case.rate', tale.asker, 'rated', (step) =>
    rate(step, { score, text: text || undefined, review: 'passed' }),
  )
  if (score <= BAD_SCORE && plot.halt !== 'rated') yield* putRight(tale)
}

/** 差评整改: verified, put right, called back, by somebody else than the one rated. */
function* putRight(tale: Tale): Story {
  const { stage, row, watch, dice, plot } = tale
  const { db, cast, words } = stage
  const right = dice.pick(words.rectifications[kindOf(row.category)])
  const isMistaken = plot.halt === undefined && dice.percent(20)
  let found: Rectification | undefined
  const step = (day: string, verb: string, patch: (on: string) => Partial<Rectification>) =>
    deed(stage, watch.on(day), verb, { postId: cast.supervisor.id }, async (at) => {
      found ??= await db.findOneOrFail(Rectification, { where: { caseId: row.id }, order: { id: 'DESC' } })
      const postId = found.handlerPostId ?? cast.supervisor.id
      await deed(stage, at, verb, { postId }, () =>
        change(db, Rectification, found as Rectification, patch(dateOf(at))),
      ).run()
    })
  yield step(nextOf(stage, watch.day(), 1), 'rectification.verify', (verifiedOn) =>
    isMistaken
      ? { state: 'closed', verdict: 'mistaken', finding: words.mistaken, verifiedOn }
      : { state: 'verified', verdict: 'founded', finding: right.finding, verifiedOn },
  )
  if (isMistaken || plot.halt === 'verified') return
  yield step(nextOf(stage, watch.day(), dice.between(2, 4)), 'rectification.resolve', (resolvedOn) => ({
    state: 'resolved',
    measures: right.measures,
    resolvedOn,
  }))
  if (plot.halt === 'resolved') return
  yield step(nextOf(stage, watch.day(), 2), 'rectification.callBack', (calledBackOn) => ({
    state: 'closed',
    callBack: right.callBack,
    isSatisfied: true,
    calledBackOn,
  }))
}
