/** What leaves the server about people, firms and posts. */
import type { EntityManager } from 'typeorm'
import { In, MoreThanOrEqual } from 'typeorm'
import { openStates } from '../cases/states.js'
import type { Output } from '../contract.js'
import { rowsBy, type Sought } from '../database/rows.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { maskPhone } from '../encryption/lookup.js'
import type { Knowledge } from '../house.js'
import { among } from '../http/scopes.js'
import { unreadOf } from '../notices/unread.js'
import { Problem } from '../problem.js'
import { Absence } from './absence.js'
import type { Actor } from './actor.js'
import { Enterprise } from './enterprise.js'
import { Membership } from './membership.js'
import { Person } from './person.js'
import { openFor } from './personal.js'
import { Post } from './post.js'
import { Unit } from './unit.js'

/** Rows by id, in one query. */
export async function byId<T extends { id: string }>(
  db: EntityManager,
  entity: new () => T,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, T>> {
  const wanted = [...new Set(ids)].filter((id): id is string => typeof id === 'string')
  if (wanted.length === 0) return new Map()
  const rows = await rowsBy(db, entity, { id: wanted } as unknown as Sought<T>)
  return new Map(rows.map((row) => [row.id, row]))
}

export const enterpriseView = ({ id, name, creditCode }: Enterprise) => ({ id, name, creditCode })
export const unitView = (unit: Unit | undefined, id: string) => ({ id, name: unit?.name ?? id })

export async function membershipViews(db: EntityManager, rows: Membership[]) {
  const firms = await byId(
    db,
    Enterprise,
    rows.map((row) => row.enterpriseId),
  )
  return rows.flatMap((row) => {
    const firm = firms.get(row.enterpriseId)
    if (!firm) return []
    const { id, title, state, version } = row
    return [{ id, enterprise: { ...enterpriseView(firm), districtCode: firm.districtCode }, title, state, version }]
  })
}

export async function staffViews(db: EntityManager, rows: Post[], today: string): Promise<Output<'staff.save'>[]> {
  const units = await byId(
    db,
    Unit,
    rows.map((row) => row.unitId),
  )
  const ids = rows.map((row) => row.id)
  const inHand = await openCasesOf(db, ids)
  const absences = await absencesFrom(db, ids, today)
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    unit: unitView(units.get(row.unitId), row.unitId),
    name: row.name,
    title: row.title,
    workPhone: row.workPhone,
    handles: row.handles as Output<'staff.save'>['handles'],
    isDuty: row.isDuty,
    isActive: row.isActive,
    isBound: row.personId !== null,
    openCases: inHand.get(row.id) ?? 0,
    awayUntil: awayUntil(absences.get(row.id), today),
    version: row.version,
  }))
}

/** How many cases each post has in hand, the closed ones left out. */
async function openCasesOf(db: EntityManager, postIds: readonly string[]): Promise<Map<string, number>> {
  if (postIds.length === 0) return new Map()
  const posts = among('officerPostId', postIds)
  const states = among('state', openStates)
  const rows = (await db.query(
    `SELECT officerPostId, COUNT(*) AS n FROM help_case WHERE ${posts.sql} AND ${states.sql} GROUP BY officerPostId`,
    [...posts.params, ...states.params],
  )) as { officerPostId: string; n: number | string }[]
  return new Map(rows.map((row) => [row.officerPostId, Number(row.n)]))
}

/** The absence of each post that holds on the day, or else the next one after it. */
async function absencesFrom(db: EntityManager, postIds: string[], day: string): Promise<Map<string, Absence>> {
  if (postIds.length === 0) return new Map()
  const where = { postId: In(postIds), toOn: MoreThanOrEqual(day), isCancelled: false }
  const rows = await db.find(Absence, { where, order: { fromOn: 'DESC', id: 'DESC' } })
  return new Map(rows.map((row) => [row.postId, row]))
}

const awayUntil = (absence: Absence | undefined, day: string) =>
  absence !== undefined && absence.fromOn <= day ? absence.toOn : null

/** The person's own view of themselves. */
export async function meView(
  db: EntityManager,
  know: Knowledge,
  actor: Actor,
  today: string,
): Promise<Output<'session.me'>> {
  const person = await db.findOneBy(Person, { id: actor.personId ?? '' })
  if (!person) throw new Problem('unauthenticated')
  const key = (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
  const phone = openFor(key, person, 'phone')
  const absences = await absencesFrom(
    db,
    actor.holdings.map((holding) => holding.postId),
    today,
  )
  const posts = await byId(db, Post, [
    ...actor.holdings.flatMap((holding) => [holding.postId, ...holding.absentPostIds]),
    ...[...absences.values()].map((absence) => absence.standInPostId),
  ])
  const named = (postId: string) => ({ postId, name: posts.get(postId)?.name ?? '' })
  const absenceOf = (postId: string) => {
    const absence = absences.get(postId)
    if (!absence) return null
    const { id, fromOn, toOn, standInPostId } = absence
    return { id, fromOn, toOn, standIn: named(standInPostId) }
  }
  const units = await byId(
    db,
    Unit,
    actor.holdings.map((holding) => holding.unitId),
  )
  const memberships = await db.find(Membership, { where: { personId: person.id }, order: { id: 'ASC' } })
  return {
    id: person.id,
    name: openFor(key, person, 'name'),
    phone: phone === null ? null : maskPhone(phone),
    posts: actor.holdings.map(({ postId, role, unitId, absentPostIds }) => ({
      id: postId,
      role,
      name: posts.get(postId)?.name ?? '',
      title: posts.get(postId)?.title ?? null,
      unit: unitView(units.get(unitId), unitId),
      standsInFor: absentPostIds.map(named),
      absence: absenceOf(postId),
    })),
    enterprises: await membershipViews(db, memberships),
    unread: await unreadOf(db, person.id),
  }
}
