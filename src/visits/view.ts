/** What leaves the server about visits: to officials the whole, to a firm its own part. */
import type { EntityManager } from 'typeorm'
import { toWireInstant, yearOf } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import { fileViews } from '../files/attach.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import { grantFor, grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, enterpriseView, unitView } from '../people/view.js'
import { Project } from '../projects/project.js'
import { counters } from './counting.js'
import { openHosts } from './hosts.js'
import { occasions } from './states.js'
import { nature, statement } from './statement.js'
import { hasAgreed, type VisitEnterprise } from './visitEnterprise.js'
import { VisitFinding } from './visitFinding.js'
import { type VisitRow, visitScopes, visitTarget } from './visitTarget.js'

type View = Output<'visit.read'>
type Line = Output<'visit.list'>['items'][number]

const candidates = ['visit.consent', 'visit.decline', 'visit.record', 'visit.confirm', 'visit.cancel'] as const

/** Whether the actor reads the visit as an official, and not only as one of a firm. */
export function readsAsStaff(actor: Actor, row: VisitRow): boolean {
  const posts = grantsOf(actor, 'visit.read').filter((grant) => grant.postId !== null)
  return grantFor(posts, visitScopes, row) !== undefined
}

/** A firm acts on its own part. */
const actionsOn = (actor: Actor, row: VisitRow, parts: VisitEnterprise[]) =>
  possible(actor, visitTarget, { ...row, firms: parts }, candidates)

/** The firms' parts the actor may see: officials all, a firm its own. */
const partsFor = (actor: Actor, row: VisitRow): VisitEnterprise[] =>
  readsAsStaff(actor, row) ? row.firms : row.firms.filter((firm) => actor.enterpriseIds.includes(firm.enterpriseId))

export async function visitLines(db: EntityManager, actor: Actor, rows: readonly VisitRow[]): Promise<Line[]> {
  const names = await namesOf(db, rows)
  return rows.map((row) => {
    const parts = partsFor(actor, row)
    return {
      ...names.head(row),
      firms: parts.map((part) => ({
        enterprise: names.firm(part.enterpriseId),
        state: part.state,
        isConfirmed: part.confirmedAt !== null,
      })),
      can: actionsOn(actor, row, parts),
    }
  })
}

export async function visitView(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  actor: Actor,
  row: VisitRow,
): Promise<View> {
  const isStaff = readsAsStaff(actor, row)
  const parts = partsFor(actor, row)
  const names = await namesOf(db, [row])
  // A firm that was asked but not visited does not read what was done at the others.
  const isPartOfRecord = row.state === 'held' && (isStaff || parts.some((part) => part.state === 'held'))
  const findings = isPartOfRecord
    ? await db.find(VisitFinding, { where: { visitId: row.id }, order: { id: 'ASC' } })
    : []
  const ownIds = parts.map((part) => part.enterpriseId)
  const isOwn = ({ enterpriseId }: VisitFinding) => isStaff || enterpriseId === null || ownIds.includes(enterpriseId)
  const reader = { personId: actor.personId, canSeeHeld: true }
  const files = isPartOfRecord ? await fileViews(db, know, now, 'visit', [row.id], reader) : new Map()
  const isOfficial = actor.holdings.some(({ postId }) => row.staffIds.includes(postId))
  const { startedAt, endedAt, ...head } = { ...names.head(row), endedAt: row.endedAt }
  return {
    ...head,
    startedAt: isPartOfRecord ? startedAt : null,
    endedAt: isPartOfRecord && endedAt ? toWireInstant(endedAt) : null,
    firms: await firmViews(db, know, now, { actor, isStaff, parts, firm: names.firm, onDate: row.onDate }),
    unit: names.unit(row.unitId),
    note: row.note,
    cancelReason: row.cancelReason,
    place: isPartOfRecord ? row.place : null,
    isPlaceOdd: isStaff && row.isPlaceOdd,
    ...(isPartOfRecord ? await openHosts(db, know.keyring, row, !isOfficial) : { hosts: [], agreedBy: null }),
    isUnplanned: isPartOfRecord && parts.some((part) => part.state === 'held' && !hasAgreed(part)),
    photosAgreed: isPartOfRecord ? row.photosAgreed : null,
    summary: isPartOfRecord ? row.summary : null,
    findings: findings.filter(isOwn).map(({ id, text, isSolved, category, enterpriseId, caseId }) => ({
      id,
      text,
      isSolved,
      category,
      enterpriseId,
      caseId,
    })),
    files: files.get(row.id) ?? [],
    recordedAt: isPartOfRecord && row.recordedAt ? toWireInstant(row.recordedAt) : null,
    can: actionsOn(actor, row, parts),
  }
}

interface Parts {
  actor: Actor
  isStaff: boolean
  parts: readonly VisitEnterprise[]
  firm(id: string): Output<'visit.read'>['firms'][number]['enterprise']
  onDate: string
}

async function firmViews(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  { actor, isStaff, parts, firm, onDate }: Parts,
): Promise<View['firms']> {
  const ids = parts.map((part) => part.enterpriseId)
  const counter = await counters(db, ids, yearOf(onDate))
  const reader = { personId: actor.personId, canSeeHeld: true }
  const signatures = await fileViews(
    db,
    know,
    now,
    'signature',
    parts.map((part) => part.id),
    reader,
  )
  return parts.map((part) => {
    // What a firm writes has not passed a content check: officials see it, and whoever wrote it.
    const mayReadOf = (personId: string | null) => isStaff || (personId !== null && personId === actor.personId)
    return {
      enterprise: firm(part.enterpriseId),
      state: part.state,
      answeredAt: part.answeredAt && toWireInstant(part.answeredAt),
      declinedHow: part.declinedHow,
      reason: mayReadOf(part.answeredBy) ? part.reason : null,
      confirmedAt: part.confirmedAt && toWireInstant(part.confirmedAt),
      satisfaction: part.satisfaction,
      remark: mayReadOf(part.confirmedBy) ? part.remark : null,
      signature: (mayReadOf(part.confirmedBy) && signatures.get(part.id)?.[0]) || null,
      counter: counter(part.enterpriseId),
    }
  })
}

/** The names behind the ids, each kind in one query, and the fields every view begins with. */
async function namesOf(db: EntityManager, rows: readonly VisitRow[]) {
  const firms = await byId(
    db,
    Enterprise,
    rows.flatMap((row) => row.firms.map((part) => part.enterpriseId)),
  )
  const projects = await byId(
    db,
    Project,
    rows.map((row) => row.projectId),
  )
  const posts = await byId(
    db,
    Post,
    rows.flatMap((row) => row.staffIds),
  )
  const units = await byId(db, Unit, [...rows.map((row) => row.unitId), ...[...posts.values()].map((p) => p.unitId)])
  const firm = (id: string) => {
    const found = firms.get(id)
    if (!found) throw new Error('a visit to a firm that is not there')
    return enterpriseView(found)
  }
  const official = (postId: string) => {
    const post = posts.get(postId)
    const unitId = post?.unitId ?? ''
    return {
      postId,
      name: post?.name ?? '',
      title: post?.title ?? null,
      unit: units.get(unitId)?.name ?? '',
    }
  }
  return {
    firm,
    unit: (id: string | null) => (id === null ? null : unitView(units.get(id), id)),
    head(row: VisitRow) {
      const project = projects.get(row.projectId ?? '')
      return {
        id: row.id,
        state: row.state,
        kind: row.kind,
        project: project ? { id: project.id, name: project.name } : null,
        week: row.week,
        plannedOn: row.plannedOn,
        plannedTime: row.plannedTime,
        startedAt: row.startedAt && toWireInstant(row.startedAt),
        staff: row.staffIds.map(official),
        topics: row.topics,
        statement: occasions['visit.decline']?.visit.includes(row.state) ? statement : nature,
        version: row.version,
      }
    },
  }
}
