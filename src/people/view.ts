/** What leaves the server about people, firms and posts. */
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import type { Output } from '../contract.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { maskPhone } from '../encryption/lookup.js'
import type { Knowledge } from '../house.js'
import { Problem } from '../problem.js'
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
  // biome-ignore lint: TypeORM's generic where
  const rows = await db.find(entity, { where: { id: In(wanted) } as never })
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
    return [{ id, enterprise: enterpriseView(firm), title, state, version }]
  })
}

export async function staffViews(db: EntityManager, rows: Post[]): Promise<Output<'staff.save'>[]> {
  const units = await byId(
    db,
    Unit,
    rows.map((row) => row.unitId),
  )
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
    version: row.version,
  }))
}

/** The person's own view of themselves. */
export async function meView(db: EntityManager, know: Knowledge, actor: Actor): Promise<Output<'session.me'>> {
  const person = await db.findOneBy(Person, { id: actor.personId ?? '' })
  if (!person) throw new Problem('unauthenticated')
  const key = (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
  const phone = openFor(key, person, 'phone')
  const posts = await byId(
    db,
    Post,
    actor.holdings.flatMap((holding) => [holding.postId, ...holding.absentPostIds]),
  )
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
      standsInFor: absentPostIds.map((id) => ({ postId: id, name: posts.get(id)?.name ?? '' })),
    })),
    enterprises: await membershipViews(db, memberships),
  }
}
