/** A person's requests for help, as their own data: they may take them along; erasing leaves the bureau's record. */
import { type EntityManager, In, IsNull, Not } from 'typeorm'
import { enqueue } from '../audit/queue.js'
import { change } from '../audit/trail.js'
import type { Tracked, TrackedClass } from '../audit/tracked.js'
import { toWireInstant } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { IdempotencyRecord } from '../http/idempotencyRecord.js'
import { Delivery } from '../notices/delivery.js'
import { Notice } from '../notices/notice.js'
import { Membership } from '../people/membership.js'
import { type OwnData, withoutOwner } from '../people/ownData.js'
import type { Personal } from '../people/personal.js'
import { Post } from '../people/post.js'
import { byId } from '../people/view.js'
import { words } from '../words/words.js'
import { CaseEntry } from './caseEntry.js'
import { CaseNote } from './caseNote.js'
import { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'
import { isOpen, openStates } from './states.js'
import { withdraw } from './steps.js'
import { loadCase } from './target.js'
import { quoted } from './tidings.js'

const TITLE_MAX = 100

/** What a code is called. */
const word = (names: Readonly<Record<string, string>>, code: string) => names[code] ?? code

export const caseData: OwnData = {
  title: '诉求',
  async read(db, { person }) {
    const cases = await db.find(HelpCase, { where: { createdBy: person.id }, order: { id: 'ASC' } })
    const entries = await db.find(CaseEntry, { where: { personId: person.id }, order: { id: 'ASC' } })
    const ratings = await db.find(Rating, { where: { personId: person.id }, order: { id: 'ASC' } })
    const numbers = await byId(
      db,
      HelpCase,
      [...entries, ...ratings].map(({ caseId }) => caseId),
    )
    return {
      诉求: cases.map((row) => ({
        编号: row.number,
        类别: word(words.categories, row.category),
        来源: word(words.caseSources, row.source),
        标题: row.title,
        内容: row.text,
        提交时间: toWireInstant(row.createdAt),
        状态: word(words.caseStates, row.state),
      })),
      留言: entries.map((entry) => ({
        诉求编号: numbers.get(entry.caseId)?.number ?? null,
        时间: toWireInstant(entry.at),
        动作: word(words.timelineVerbs, entry.verb),
        内容: entry.text,
      })),
      评价: ratings.map((rating) => ({
        诉求编号: numbers.get(rating.caseId)?.number ?? null,
        评价: word(words.ratings, String(rating.score)),
        分: rating.score,
        内容: rating.text,
        时间: toWireInstant(rating.at),
      })),
    }
  },
  /** The name and phone go from every text of the cases the person had a part in, whoever wrote it. */
  async erase(db, { person, personal, know, now }) {
    await withdrawOwn(db, know, now, person.id)
    const written = await db.find(CaseEntry, { select: { caseId: true }, where: { personId: person.id } })
    const own = await db.find(HelpCase, { select: { id: true }, where: { createdBy: person.id } })
    const caseId = In([...new Set([...written.map((entry) => entry.caseId), ...own.map(({ id }) => id)])])
    const entries = await db.findBy(CaseEntry, { caseId })
    const notes = await db.findBy(CaseNote, { caseId })
    const rectifications = await db.findBy(Rectification, { caseId })
    for (const row of await db.findBy(HelpCase, { id: caseId })) {
      const before = quoted(row.title)
      await clean(db, HelpCase, row, personal)
      await quoteAnew(db, row, before)
    }
    for (const row of rectifications) await clean(db, Rectification, row, personal)
    for (const row of await db.findBy(Rejection, { caseId })) await clean(db, Rejection, row, personal)
    const ratings = await db.findBy(Rating, { caseId })
    await cleanLines(db, CaseEntry, 'entry', entries, personal)
    await cleanLines(db, CaseNote, 'note', notes, personal)
    await cleanLines(db, Rating, 'rated', ratings, personal)
    await cleanMessages(
      db,
      entries.map((entry) => entry.caseId),
      personal,
    )
    // Answers kept for those who worked on the cases show the name too; they would only have been given again.
    const posts = [...notes.map(({ postId }) => postId), ...rectifications.flatMap((row) => row.handlerPostId ?? [])]
    const holders = await db.findBy(Post, { id: In([...new Set(posts)]) })
    const readers = [...entries, ...holders].flatMap(({ personId }) => personId ?? [])
    await db.delete(IdempotencyRecord, { personId: In([...new Set(readers)]) })
  },
}

/** 提出人已注销，自动撤回: what nobody else of a firm could follow is over, and its officer need not go on. */
async function withdrawOwn(db: EntityManager, know: Knowledge, now: Date, personId: string): Promise<void> {
  const open = await db.find(HelpCase, {
    where: { createdBy: personId, state: In([...openStates]) },
    order: { id: 'ASC' },
  })
  for (const { id, enterpriseId } of open) {
    const others = { enterpriseId: enterpriseId ?? '', state: 'verified' as const, personId: Not(personId) }
    if (enterpriseId !== null && (await db.existsBy(Membership, others))) continue
    const target = await loadCase(db, id, true)
    if (!target || !isOpen(target.state)) continue
    const bySystem = { db, know, now, target, actor: { personId: null }, grants: [] }
    await withdraw(bySystem, { text: '提出人已注销，自动撤回', review: 'passed' })
    await enqueue(db, [{ kind: 'case.tell', payload: { caseId: id, tiding: 'left' } }], now)
  }
}

/** Notices quote the start of the title, where a name may have been cut in two. */
async function quoteAnew(db: EntityManager, { id, title }: HelpCase, before: string): Promise<void> {
  const after = quoted(title)
  if (after === before) return
  for (const notice of await db.findBy(Notice, { subjectKind: 'case', subjectId: id })) {
    await db.update(Notice, { id: notice.id }, { title: notice.title.replaceAll(before, after) })
  }
}

/** What has not gone out to others yet says the case's title, or what was said in it. */
async function cleanMessages(db: EntityManager, caseIds: readonly string[], owner: Personal): Promise<void> {
  const where = { subjectKind: 'case' as const, subjectId: In([...new Set(caseIds)]) }
  const notices = await db.find(Notice, { select: { id: true }, where })
  const queued = await db.findBy(Delivery, { noticeId: In(notices.map(({ id }) => id)), content: Not(IsNull()) })
  for (const { id, content } of queued) {
    await db.update(Delivery, { id }, { content: JSON.parse(withoutOwner(JSON.stringify(content), owner)) })
  }
}

/** What stands in place of a name is longer than some names. */
const fitted = (value: unknown, field: string) =>
  field === 'title' && typeof value === 'string' ? value.slice(0, TITLE_MAX) : value

/** Takes the owner's name and phone out of every text of a row. */
async function clean<T extends Tracked>(
  db: EntityManager,
  entity: TrackedClass<T>,
  row: T,
  owner: Personal,
): Promise<void> {
  const patch: Record<string, unknown> = {}
  for (const field of entity.trail.digest ?? []) {
    const before = JSON.stringify(row[field as keyof T] ?? null)
    const after = withoutOwner(before, owner)
    if (after !== before) patch[field] = fitted(JSON.parse(after), field)
  }
  if (Object.keys(patch).length > 0) await change(db, entity, row, patch as Partial<T>)
}

/** Takes the owner out of detail lines; the chain of each case says that its lines read differently now. */
async function cleanLines<T extends CaseEntry | CaseNote | Rating>(
  db: EntityManager,
  entity: new () => T,
  field: 'entry' | 'note' | 'rated',
  rows: readonly T[],
  personal: Personal,
): Promise<void> {
  const cleaned = rows.flatMap((row) => {
    const text = row.text && withoutOwner(row.text, personal)
    return text === row.text ? [] : [{ row, text }]
  })
  for (const { row, text } of cleaned) await db.update(entity, { id: row.id } as never, { text } as never)
  for (const caseId of new Set(cleaned.map(({ row }) => row.caseId))) {
    const lines = cleaned.filter(({ row }) => row.caseId === caseId)
    const before = lines.map(({ row: { id, text } }) => ({ id, text }))
    const after = lines.map(({ row: { id }, text }) => ({ id, text }))
    const target = await db.findOneByOrFail(HelpCase, { id: caseId })
    await change(db, HelpCase, target, {}, { [field]: [before, after] })
  }
}
