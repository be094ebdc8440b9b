/** What was told reaches those who handle it: not when it comes, but with the half hour (seeds/tips.json). */
import { type EntityManager, In, LessThanOrEqual } from 'typeorm'
import { change } from '../audit/trail.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import { forUpdate } from '../database/transaction.js'
import { writeEntry } from './move.js'
import { Tip } from './tip.js'
import { TipAddition } from './tipAddition.js'

export interface Released {
  /** New ones. */
  tips: Tip[]
  /** Lines added to these or to earlier ones. */
  added: { id: string; tip: Tip }[]
}

/** Everything whose time has come; the caller tells of it in the same transaction. */
export async function release(db: EntityManager, now: Date): Promise<Released> {
  const lock = forUpdate(db)
  const due = { releaseAt: LessThanOrEqual(now) }
  const waiting = await db.find(TipAddition, { where: due, order: { tipId: 'ASC', seq: 'ASC' } })
  const fresh = await db.find(Tip, { select: { id: true }, where: due })
  const ids = [...new Set([...fresh, ...waiting.map(({ tipId: id }) => ({ id }))].map(({ id }) => id))]
  // One after the other, in the order of ids, as everybody locks several.
  const rows = await db.find(Tip, { where: { id: In(ids) }, order: { id: 'ASC' }, ...(lock && { lock }) })
  const tips = rows.filter(({ releaseAt }) => releaseAt !== null && releaseAt <= now)
  await db.update(Tip, { id: In(tips.map(({ id }) => id)) }, { releaseAt: null })
  for (const tip of tips) tip.releaseAt = null
  const added: Released['added'] = []
  for (const addition of waiting) {
    const tip = rows.find(({ id }) => id === addition.tipId)
    if (!tip) throw new Error('an addition without its tip')
    added.push({ id: addition.id, tip })
    await enter(db, tip, addition)
  }
  return { tips, added }
}

/** As it stands in the timeline. */
export const lineOf = ({ id, tipId, text, releaseAt }: TipAddition) => ({
  id,
  tipId,
  verb: 'tip.add' as const,
  // It was said before: on the day before, where that is at midnight.
  at: instantAt(dateOf(new Date(releaseAt.getTime() - 1))),
  text,
  postId: null,
})

async function enter(db: EntityManager, tip: Tip, addition: TipAddition): Promise<void> {
  const { id, text } = addition
  const { at: now, ...line } = lineOf(addition)
  await change(db, Tip, tip, {}, { entry: [null, { id, text }] })
  await writeEntry(db, { ...line, now })
  await db.delete(TipAddition, { id })
}
