/** One step of a tip: the transition the table names, a line of its timeline, and its trail entry. */
import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import { insertWhole } from '../database/insert.js'
import { scatter } from '../database/scatter.js'
import { dueOn } from './clock.js'
import { type EntryVerb, type TipStep, type Transition, transitions } from './states.js'
import { Tip } from './tip.js'
import { TipEntry } from './tipEntry.js'

export interface Step {
  db: EntityManager
  step: TipStep
  target: Tip
  now: Date
  /** Who of the bureau takes it. */
  postId: string
  /** What a branch was asked by. */
  leadId?: string
}

type Patch = Partial<Omit<Tip, 'id' | 'version' | 'auditHead' | 'state' | 'accusedIds'>>

/** The line's id, for what is attached to it. */
export async function move({ db, step, target, now, postId, leadId }: Step, patch: Patch, text: string | null = null) {
  const { to }: Transition = transitions[step]
  const state = to ?? target.state
  const after = { state, acceptBy: target.acceptBy, concludeBy: patch.concludeBy ?? target.concludeBy }
  const entryId = randomUUID()
  await change(db, Tip, target, { state, dueOn: dueOn(after), ...patch }, { entry: [null, { id: entryId, text }] })
  await writeEntry(db, { id: entryId, tipId: target.id, verb: step, now, text, postId, leadId })
  return entryId
}

interface NewEntry {
  id: string
  tipId: string
  verb: EntryVerb
  now: Date
  text: string | null
  postId: string | null
  leadId?: string | undefined
}

/** The tip is locked by, or made in, the same transaction: its lines are counted. */
export async function writeEntry(db: EntityManager, { now, postId, leadId, ...entry }: NewEntry): Promise<void> {
  const seq = (await db.countBy(TipEntry, { tipId: entry.tipId })) + 1
  // Of the informer's nobody learns the moment.
  const at = postId === null ? instantAt(dateOf(now)) : now
  await insertWhole(db, TipEntry, [{ ...entry, postId, leadId: leadId ?? null, seq, at }])
  if (postId === null) await scatter(db, TipEntry, 'id', entry.id)
}
