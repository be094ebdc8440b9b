/** A person's requests for help, as their own data: they may take them along; erasing leaves the bureau's record. */
import { type EntityManager, In } from 'typeorm'
import { change } from '../audit/trail.js'
import type { Tracked, TrackedClass } from '../audit/tracked.js'
import { toWireInstant } from '../calendar/dates.js'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import type { Personal } from '../people/personal.js'
import { Post } from '../people/post.js'
import { CaseEntry } from './caseEntry.js'
import { CaseNote } from './caseNote.js'
import { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'

export const caseData: OwnData = {
  title: '诉求',
  async read(db, { person }) {
    const cases = await db.find(HelpCase, { where: { createdBy: person.id }, order: { id: 'ASC' } })
    const entries = await db.find(CaseEntry, { where: { personId: person.id }, order: { id: 'ASC' } })
    const ratings = await db.find(Rating, { where: { personId: person.id }, order: { id: 'ASC' } })
    return {
      诉求: cases.map((row) => ({
        编号: row.number,
        标题: row.title,
        内容: row.text,
        提交时间: toWireInstant(row.createdAt),
        状态: row.state,
      })),
      留言: entries.map((entry) => ({ 诉求: entry.caseId, 时间: toWireInstant(entry.at), 动作: entry.verb, 内容: entry.text })),
      评价: ratings.map((rating) => ({ 诉求: rating.caseId, 分: rating.score, 内容: rating.text, 时间: toWireInstant(rating.at) })),
    }
  },
  /** The name and phone go from every text of the cases the person had a part in, whoever wrote it. */
  async erase(db, { person, personal }) {
    const written = await db.find(CaseEntry, { select: { caseId: true }, where: { personId: person.id } })
    const own = await db.find(HelpCase, { select: { id: true }, where: { createdBy: person.id } })
    const caseId = In([...new Set([...written.map((entry) => entry.caseId), ...own.map(({ id }) => id)])])
    const entries = await db.findBy(CaseEntry, { caseId })
    const notes = await db.findBy(CaseNote, { caseId })
    const rectifications = await db.findBy(Rectification, { caseId })
    for (const row of await db.findBy(HelpCase, { id: caseId })) await clean(db, HelpCase, row, personal)
    for (const row of rectifications) await clean(db, Rectification, row, personal)
    for (const row of await db.findBy(Rejection, { caseId })) await clean(db, Rejection, row, personal)
    const lines = [
      [CaseEntry, entries],
      [CaseNote, notes],
      [Rating, await db.findBy(Rating, { caseId })],
    ] as const
    for (const [entity, rows] of lines) {
      for (const { id, text } of rows) {
        const rest = text && withoutOwner(text, personal)
        if (rest !== text) await db.update(entity, { id }, { text: rest as string })
      }
    }
    // Answers kept for those who worked on the cases show the name too; they would only have been given again.
    const posts = [...notes.map(({ postId }) => postId), ...rectifications.flatMap((row) => row.handlerPostId ?? [])]
    const holders = await db.findBy(Post, { id: In([...new Set(posts)]) })
    const readers = [...entries, ...holders].flatMap(({ personId }) => personId ?? [])
    await db.delete(IdempotencyRecord, { personId: In([...new Set(readers)]) })
  },
}

/** Takes the owner's name and phone out of every text of a row. */
async function clean<T extends Tracked>(db: EntityManager, entity: TrackedClass<T>, row: T, owner: Personal): Promise<void> {
  const patch: Record<string, unknown> = {}
  for (const field of entity.trail.digest ?? []) {
    const before = JSON.stringify(row[field as keyof T] ?? null)
    const after = withoutOwner(before, owner)
    if (after !== before) patch[field] = JSON.parse(after)
  }
  if (Object.keys(patch).length > 0) await change(db, entity, row, patch as Partial<T>)
}
