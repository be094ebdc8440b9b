/** Tells people that something has happened: in their inbox, and in WeChat where they granted a message. */
import { In, IsNull, type EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { enqueue } from '../audit/queue.js'
import { dateOf } from '../calendar/dates.js'
import { isDuplicate } from '../database/transaction.js'
import type { Knowledge } from '../house.js'
import { Person } from '../people/person.js'
import type { TemplateValues } from '../wechat/templates.js'
import { Delivery } from './delivery.js'
import { takeGrants } from './grants.js'
import { holdersOf } from './holders.js'
import { Notice } from './notice.js'
import type { SubjectKind } from './subjects.js'

export interface Telling {
  /** Key of the WeChat template that says the same; none for the inbox alone. */
  template?: string | undefined
  personIds?: readonly string[] | undefined
  /** Posts that are to know: their holders, and the stand-ins of those absent today. */
  postIds?: readonly string[] | undefined
  subjectKind: SubjectKind
  subjectId: string
  /** At most 200 characters. */
  title: string
  /** Without personal data of others. */
  text: string
  /** The template's fields by name, see seeds/wechat/templates.json. */
  values?: TemplateValues | undefined
  /** Of one event a person is told once, however often it is asked for; at most 120 characters. */
  uniqueKey?: string | undefined
}

/** Writes the notices in the caller's transaction; the persons who were told. */
export async function tell(db: EntityManager, know: Knowledge, now: Date, telling: Telling): Promise<string[]> {
  const { template, subjectKind, subjectId, title, text, values, uniqueKey = null } = telling
  if (template !== undefined && !know.templates.has(template)) throw new TypeError(`no message template ${template}`)
  const notices = (await addressees(db, telling, now)).map((personId) => ({
    id: uuid(),
    personId,
    subjectKind,
    subjectId,
    template: template ?? null,
    title,
    text,
    at: now,
    readAt: null,
    uniqueKey,
  }))
  const told = await insertOnce(db, notices)
  const personIds = told.map(({ personId }) => personId)
  if (template === undefined || values === undefined || told.length === 0) return personIds

  const granted = await takeGrants(db, personIds, template, now)
  const deliveries = told
    .filter(({ personId }) => granted.has(personId))
    .map(({ id, personId }) => ({
      id: uuid(),
      noticeId: id,
      personId,
      template,
      content: values,
      state: 'queued' as const,
      attempts: 0,
      errcode: null,
      reason: null,
      msgId: null,
      createdAt: now,
      settledAt: null,
    }))
  if (deliveries.length === 0) return personIds
  // simple-json writes instants as ISO 8601, which the templates read again.
  await db.insert(Delivery, deliveries as object[])
  await enqueue(
    db,
    deliveries.map(({ id }) => ({ kind: 'notice.send', payload: { deliveryId: id } })),
    now,
  )
  return personIds
}

/** Each person once, and nobody who has left us. */
async function addressees(db: EntityManager, { personIds = [], postIds = [] }: Telling, now: Date): Promise<string[]> {
  const holders = postIds.length > 0 ? await holdersOf(db, postIds, dateOf(now)) : []
  const ids = [...new Set([...personIds, ...holders])]
  if (ids.length === 0) return []
  const people = await db.find(Person, { select: { id: true }, where: { id: In(ids), erasedAt: IsNull() } })
  return people.map(({ id }) => id)
}

type NewNotice = Omit<Notice, 'readAt'> & { readAt: null }

/** Those that were not there yet. */
async function insertOnce(db: EntityManager, notices: NewNotice[]): Promise<NewNotice[]> {
  const uniqueKey = notices[0]?.uniqueKey
  if (uniqueKey === undefined) return []
  if (uniqueKey === null) {
    await db.insert(Notice, notices)
    return notices
  }
  const before = await db.find(Notice, {
    select: { personId: true },
    where: { personId: In(notices.map(({ personId }) => personId)), uniqueKey },
  })
  const known = new Set(before.map(({ personId }) => personId))
  const told: NewNotice[] = []
  for (const notice of notices) {
    if (known.has(notice.personId)) continue
    try {
      await db.insert(Notice, notice)
      told.push(notice)
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  return told
}
