/** What leaves the server about tips: to the bureau without who informed, to the informer without who handled it. */
import { type EntityManager, IsNull } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import { rowsBy } from '../database/rows.js'
import { fileViews } from '../files/attach.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import type { Actor } from '../people/actor.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { checksOf } from './checks.js'
import { isLate } from './clock.js'
import { isTold, openStates } from './states.js'
import { accusedOf, type TipRow, tipTarget } from './target.js'
import { type ClaimView, claimViewOf, standingRewardOf } from '../rewards/claimView.js'
import { Tip } from './tip.js'
import { lineOf } from './release.js'
import { TipAddition } from './tipAddition.js'
import { TipEntry } from './tipEntry.js'

export interface Reader {
  db: EntityManager
  actor: Actor
  know: Knowledge
  now: Date
}

const acts = [
  'tip.accept',
  'tip.refuse',
  'tip.transfer',
  'tip.assign',
  'tip.note',
  'tip.reply',
  'tip.check',
  'tip.verify',
  'tip.conclude',
  'tip.markPriority',
  'tip.identity',
] as const satisfies Verb[]

type Item = Output<'tip.list'>['items'][number]

export async function tipItems({ db, now }: Pick<Reader, 'db' | 'now'>, rows: readonly Tip[]): Promise<Item[]> {
  const today = dateOf(now)
  const posts = await byId(
    db,
    Post,
    rows.map(({ handlerPostId }) => handlerPostId),
  )
  const units = await byId(
    db,
    Unit,
    rows.map(({ unitId }) => unitId),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state,
    violation: row.violation,
    firmName: row.firmName,
    districtCode: row.districtCode,
    submittedOn: row.receivedOn,
    dueOn: row.dueOn,
    isLate: isLate(row, today),
    isProvisional: row.isProvisional,
    isNamed: row.isNamed,
    wantsReward: row.wantsReward,
    isPriority: row.isPriority,
    handler: posts.get(row.handlerPostId ?? '')?.name ?? null,
    unit: unitView(units.get(row.unitId), row.unitId),
    version: row.version,
  }))
}

const entriesOf = (db: EntityManager, tipIds: readonly string[]) =>
  rowsBy(db, TipEntry, { tipId: [...tipIds] }, { order: 'seq' })

export async function tipView(reader: Reader, row: TipRow): Promise<Output<'tip.read'>> {
  const { db, actor, know, now } = reader
  const [item] = await tipItems(reader, [row])
  if (!item) throw new Error('a tip without its line')
  const entries = await entriesOf(db, [row.id])
  const posts = await byId(
    db,
    Post,
    entries.map(({ postId }) => postId),
  )
  const showing = { canSeeHeld: true, personId: actor.personId, by: 'entryId' as const }
  const files = await fileViews(db, know, now, 'tip', [row.id], showing)
  const filesOf = ({ id }: TipEntry) => files.get(id) ?? []
  const said = { 'tip.verify': row.facts, 'tip.conclude': row.reply } as Partial<Record<string, string | null>>
  return {
    ...item,
    creditCode: row.creditCode,
    address: row.address,
    point: row.point,
    happened: row.happened,
    text: row.text,
    files: entries.filter(({ verb }) => verb === 'tip.submit').flatMap(filesOf),
    acceptBy: row.acceptBy,
    concludeBy: row.concludeBy,
    finding: row.finding,
    facts: row.facts,
    decision: row.decision,
    decisionNumber: row.decisionNumber,
    decidedOn: row.decidedOn,
    penaltyFen: row.penaltyFen,
    reply: row.reply,
    others: await othersOf(db, row),
    sameMatterAs: await sameMatter(db, row),
    priorityReason: row.priorityReason,
    checks: await checksOf(db, entries),
    timeline: entries.map((entry) => ({
      id: entry.id,
      verb: entry.verb,
      at: toWireInstant(entry.at),
      by: entry.postId === null ? '举报人' : (posts.get(entry.postId)?.name ?? ''),
      text: entry.text ?? said[entry.verb] ?? null,
      files: filesOf(entry),
    })),
    rewardId: await standingRewardOf(db, row.id),
    can: possible(actor, tipTarget, row, acts),
  }
}

/** As they are told on the page of another. */
const brief = ({ id, number, state, receivedOn }: Tip) => ({ id, number, state, submittedOn: receivedOn })
const OTHERS = 20

async function othersOf(db: EntityManager, { id, firmKey }: Tip) {
  const order = { receivedOn: 'DESC', id: 'DESC' } as const
  const rows = await db.find(Tip, { where: { firmKey, releaseAt: IsNull() }, order, take: OTHERS + 1 })
  return rows.filter((row) => row.id !== id).map(brief)
}

async function sameMatter(db: EntityManager, { sameMatterId }: Tip) {
  const first = sameMatterId === null ? null : await db.findOneBy(Tip, { id: sameMatterId })
  return first && { id: first.id, number: first.number }
}

type Progress = Output<'tip.track'>

/** What its informer sees. Links to files name nobody. */
export async function progressOf(
  { db, know, now }: Pick<Reader, 'db' | 'know' | 'now'>,
  rows: readonly Tip[],
): Promise<Progress[]> {
  const ids = rows.map(({ id }) => id)
  const entries = await entriesOf(db, ids)
  const waiting = await rowsBy(db, TipAddition, { tipId: ids }, { order: 'seq' })
  const files = await fileViews(db, know, now, 'tip', ids, { by: 'entryId' })
  const rewards = new Map<string, ClaimView | null>()
  for (const { id, wantsReward } of rows) if (wantsReward) rewards.set(id, await claimViewOf(db, know, id))
  return rows.map((row) => {
    const isConcluded = row.state === 'concluded'
    return {
      number: row.number,
      state: row.state,
      violation: row.violation,
      firmName: row.firmName,
      submittedOn: row.receivedOn,
      isNamed: row.isNamed,
      wantsReward: row.wantsReward,
      acceptBy: row.state === 'received' ? row.acceptBy : null,
      concludeBy: row.state === 'received' ? null : row.dueOn,
      isProvisional: row.isProvisional,
      finding: isConcluded ? row.finding : null,
      reply: isConcluded ? row.reply : null,
      steps: [
        ...entries.filter(({ tipId, verb }) => tipId === row.id && isTold(verb)),
        ...waiting.filter(({ tipId }) => tipId === row.id).map(lineOf),
      ].map(({ id, verb, at, text, postId }) => ({
        id,
        verb,
        at: toWireInstant(at),
        text,
        isOwn: postId === null,
        files: postId === null ? (files.get(id) ?? []) : [],
      })),
      reward: rewards.get(row.id) ?? null,
      mayAdd: (openStates as readonly string[]).includes(row.state),
    }
  })
}

export async function shown(reader: Reader, row: Tip): Promise<Output<'tip.read'>> {
  return tipView(reader, Object.assign(row, { accusedIds: await accusedOf(reader.db, row) }))
}
