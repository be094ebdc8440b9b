/** What leaves the server about leads. */
import { type EntityManager } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import { districts } from '../districts.js'
import { fileViews } from '../files/attach.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import type { Actor } from '../people/actor.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { type Lead, LeadEntry } from './lead.js'
import { daysLeft } from './rules.js'
import { isOwed } from './states.js'
import { knowsTips, leadTarget } from './target.js'

export interface Reader {
  db: EntityManager
  actor: Actor
  know: Knowledge
  now: Date
}

type Line = Output<'lead.list'>['items'][number]

const verbs = ['lead.send', 'lead.answer', 'lead.return', 'lead.close'] as const satisfies Verb[]
const numberOf = (decimal: string | null) => (decimal === null ? null : Number(decimal))

export async function leadLines({ db, actor, know, now }: Reader, rows: readonly Lead[]): Promise<Line[]> {
  const units = await byId(
    db,
    Unit,
    rows.map(({ unitId }) => unitId),
  )
  const today = dateOf(now)
  const isTold = knowsTips(actor)
  return rows.map((row) => {
    const owed = isOwed(row.state) ? row.dueOn : null
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      source: row.source === 'tip' && !isTold ? 'other' : row.source,
      reference: row.reference,
      firmName: row.firmName,
      creditCode: row.creditCode,
      districtCode: row.districtCode,
      district: districts.find(({ code }) => code === row.districtCode)?.name ?? null,
      outlet: row.outlet,
      pollutant: row.pollutant,
      value: numberOf(row.value),
      limit: numberOf(row.limitValue),
      measure: row.measure,
      exceededAt: row.exceededAt && toWireInstant(row.exceededAt),
      unit: unitView(units.get(row.unitId), row.unitId),
      createdOn: row.createdOn,
      sentOn: row.sentOn,
      dueOn: row.dueOn,
      daysLeft: owed === null ? null : daysLeft(know, today, owed),
      isOverdue: owed !== null && owed < today,
      answeredOn: row.answeredOn,
      isInTime: row.answeredOn === null || row.dueOn === null ? null : row.answeredOn <= row.dueOn,
      outcome: row.outcome,
      closedOn: row.closedOn,
      version: row.version,
      can: possible(actor, leadTarget, row, verbs),
    }
  })
}

export async function leadView(reader: Reader, row: Lead): Promise<Output<'lead.read'>> {
  const { db, actor, know, now } = reader
  const [line] = await leadLines(reader, [row])
  if (!line) throw new Error('a lead without its line')
  const entries = await db.find(LeadEntry, { where: { leadId: row.id }, order: { id: 'ASC' } })
  const posts = await byId(db, Post, [row.createdByPostId, ...entries.map(({ postId }) => postId)])
  const units = await byId(
    db,
    Unit,
    [...posts.values()].map(({ unitId }) => unitId),
  )
  const files = (await fileViews(db, know, now, 'lead', [row.id], { personId: actor.personId })).get(row.id) ?? []
  const ofEntries = await fileViews(db, know, now, 'lead', [row.id], { personId: actor.personId, by: 'entryId' })
  const later = new Set([...ofEntries.values()].flat().map(({ id }) => id))
  const { days, unit, confirmed, note } = know.leads.answer
  return {
    ...line,
    text: row.text,
    createdBy: posts.get(row.createdByPostId ?? '')?.name ?? null,
    files: files.filter(({ id }) => !later.has(id)),
    timeline: entries.map(({ id, verb, at, postId, text, outcome, measured }) => {
      const post = posts.get(postId ?? '')
      return {
        id,
        verb,
        at: toWireInstant(at),
        by: post ? { name: post.name, unit: units.get(post.unitId)?.name ?? '' } : null,
        text,
        outcome,
        measured,
        files: ofEntries.get(id) ?? [],
      }
    }),
    term: { days, unit, isConfirmed: confirmed, note },
  }
}
