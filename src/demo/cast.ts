/** Everybody and everything that the demonstration's stories are about, read back in a fixed order. */
import type { EntityManager } from 'typeorm'
import { Guide } from '../guides/guide.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { openidHash } from '../people/newPerson.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { Project } from '../projects/project.js'
import type { Ground } from '../database/seed.js'
import { demoOpenid } from '../wechat/sandbox/people.js'
import { namedLogins } from './names.js'

export type Cast = Awaited<ReturnType<typeof readCast>>

export async function readCast(db: EntityManager, { keyring }: Ground) {
  const posts = await db.find(Post, { order: { id: 'ASC' } })
  const firms = await db.find(Enterprise, { order: { creditCode: 'ASC' } })
  const ties = await db.findBy(Membership, { state: 'verified' })
  const projects = await db.find(Project, { order: { projectCode: 'ASC' } })
  const units = new Map((await db.find(Unit)).map((unit) => [unit.id, unit]))
  const guides = new Map((await db.findBy(Guide, { state: 'published' })).map((guide) => [guide.code, guide.id]))
  const named = new Map<string, string>()
  for (const login of namedLogins) {
    const person = await db.findOneByOrFail(Person, { openidHash: openidHash(keyring, demoOpenid(login)) })
    named.set(login, person.id)
  }
  const member = new Map(ties.map((tie) => [tie.enterpriseId, tie.personId]))
  const byId = new Map(posts.map((post) => [post.id, post]))
  const inRole = (role: Post['role'], unitId?: string) =>
    posts.filter((post) => post.role === role && (unitId === undefined || post.unitId === unitId))
  const one = (found: Post | undefined, what: string): Post => {
    if (!found) throw new Error(`the demonstration has no ${what}`)
    return found
  }
  return {
    firms,
    projects,
    units,
    guides,
    /** The person of a named login. */
    person: (login: string) => named.get(login) ?? '',
    isNamed: (personId: string) => [...named.values()].includes(personId),
    memberOf: (enterpriseId: string) => member.get(enterpriseId) ?? '',
    post: (id: string) => one(byId.get(id), 'such post'),
    officersOf: (unitId: string) => inRole('officer', unitId),
    leaderOf: (unitId: string) => inRole('leader', unitId)[0],
    supervisor: one(inRole('supervisor', 'approval')[0], 'supervisor'),
    cityLeader: one(inRole('supervisor', 'leaders')[0], 'city leader'),
    clerk: one(inRole('clerk')[0], 'clerk'),
    personOf: (postId: string | null) => byId.get(postId ?? '')?.personId ?? null,
  }
}
