/** One step of a case: the transition the table names, its clock event, its trail entry, and a line for whom it concerns. */
import type { EntityManager } from 'typeorm'
import { type Changes, change } from '../audit/trail.js'
import { idAt } from '../database/idAt.js'
import { insertWhole } from '../database/insert.js'
import { attachFiles } from '../files/attach.js'
import type { Actor, Grant } from '../people/actor.js'
import { CaseEntry } from './caseEntry.js'
import { CaseNote } from './caseNote.js'
import { kept, notBefore, type Rules, withEvent } from './clock.js'
import { HelpCase, type Review } from './helpCase.js'
import { type CaseVerb, type Transition, transitions } from './states.js'

export interface Step {
  db: EntityManager
  verb: CaseVerb
  actor: Pick<Actor, 'personId'>
  grants: readonly Pick<Grant, 'postId'>[]
  target: HelpCase
  now: Date
  know: Rules
}

/** What is said with a step, and to whom. */
export interface Word {
  text?: string | null | undefined
  fileIds?: readonly string[]
  /** Staff only: into the notes, not the timeline. */
  isInternal?: boolean
  /** Staff only, beside what everybody is told. */
  note?: string | undefined
  /** Set where the content check has been made already. */
  review?: Review
}

type Patch = Partial<Omit<HelpCase, 'id' | 'version' | 'auditHead' | 'shares' | 'takenFrom'>>

/** The post that speaks, or null where it is the enterprise. */
export const speaker = (grants: Step['grants']) => grants[0]?.postId ?? null

/** Applies a verb to a case. `workdays` goes with an extension of the clock; the trail also vouches for `vouched`. */
export async function move(
  step: Step,
  patch: Patch,
  word: Word = {},
  workdays?: number,
  vouched: Changes = {},
): Promise<HelpCase> {
  const { db, verb, target, know } = step
  const now = notBefore(target, step.now)
  const transition: Transition = transitions[verb]
  const state = transition.to?.[target.state] ?? target.state
  const clock = transition.clock ? withEvent(target, transition.clock, now, workdays) : target.clock
  const timed = transition.clock ? { clock, ...kept({ ...target, clock }, know, now) } : {}
  const entryId = idAt(now)
  const { entry, note } = linesOf(entryId, word)
  const also: Changes = { ...(entry && { entry: [null, entry] }), ...(note && { note: [null, note] }), ...vouched }
  const review = reviewOf(step, word)
  const held = review === 'pending' ? { review } : {}
  const changed = await change(db, HelpCase, target, { state, ...timed, ...held, ...patch }, also)
  await say({ ...step, now }, entryId, word, review)
  return changed
}

/** What an enterprise writes waits for the content check; what staff write does not. */
function reviewOf({ grants }: Step, { text, review }: Word): Review {
  return review ?? (speaker(grants) === null && text ? 'pending' : 'passed')
}

/** What a word becomes: a line of the timeline, an internal note, or both. */
function linesOf(id: string, { text = null, isInternal = false, note }: Word) {
  const internal = isInternal ? (text ?? '') : note
  return {
    entry: isInternal ? undefined : { id, text },
    note: internal === undefined ? undefined : { id, text: internal },
  }
}

async function say(
  { db, verb, actor, grants, target, now }: Step,
  id: string,
  word: Word,
  review: Review,
): Promise<void> {
  const postId = speaker(grants)
  const { fileIds = [] } = word
  const { entry, note } = linesOf(id, word)
  const line = { caseId: target.id, verb, at: now }
  if (note) {
    if (postId === null) throw new Error('only staff write notes')
    await insertWhole(db, CaseNote, [{ ...line, ...note, postId }])
  }
  if (!entry) return
  await insertWhole(db, CaseEntry, [{ ...line, ...entry, personId: actor.personId, postId, review }])
  const owner = { ownerKind: 'case' as const, ownerId: target.id, entryId: id }
  await attachFiles(db, { fileIds, personId: actor.personId ?? '', isStaff: postId !== null, ...owner })
}
