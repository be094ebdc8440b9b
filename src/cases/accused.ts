/** Whom a complaint is kept from (投诉不转给被投诉的人和单位，也不让他们看到), whichever of their posts they use. */
import { type EntityManager, In } from 'typeorm'
import { among, type Condition } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { Post } from '../people/post.js'
import { HelpCase } from './helpCase.js'

export type About = Pick<HelpCase, 'aboutUnitId' | 'aboutPostId'>

export interface Accused {
  unitId: string | null
  /** Phone hashes: the same person's posts share theirs. */
  personKeys: string[]
  personIds: string[]
  /** The units of the person it is about. */
  personUnitIds: string[]
}

const nobody: Accused = { unitId: null, personKeys: [], personIds: [], personUnitIds: [] }

/** The person with all their posts, and everybody who has a post in the unit. */
export async function accusedOf(db: EntityManager, { aboutUnitId, aboutPostId }: About): Promise<Accused> {
  if (aboutUnitId === null && aboutPostId === null) return nobody
  const about = aboutPostId === null ? null : await db.findOneBy(Post, { id: aboutPostId })
  const theirs = about ? await db.findBy(Post, { phoneHash: about.phoneHash }) : []
  const inUnit = aboutUnitId === null ? [] : await db.findBy(Post, { unitId: aboutUnitId, isActive: true })
  const posts = [...theirs, ...inUnit]
  return {
    unitId: aboutUnitId,
    personKeys: [...new Set(posts.map((post) => post.phoneHash))],
    personIds: [...new Set(posts.flatMap((post) => post.personId ?? []))],
    personUnitIds: [...new Set(theirs.map((post) => post.unitId))],
  }
}

/** Whether a post is of the unit, or of one of the persons, that a complaint is about. */
export const isAccused = ({ unitId, personKeys }: Accused, post: Pick<Post, 'unitId' | 'phoneHash'>): boolean =>
  post.unitId === unitId || personKeys.includes(post.phoneHash)

/** The units that a complaint is not given to: the one it is about, and those of the person it is about. */
export async function unitsKeptFrom(db: EntityManager, about: About): Promise<string[]> {
  const { unitId, personUnitIds } = await accusedOf(db, about)
  return [...(unitId === null ? [] : [unitId]), ...personUnitIds]
}

/** Whether a complaint is kept from whoever holds the grant. */
export const isKeptFrom = (
  { ownPostIds, ownUnitIds }: Pick<Grant, 'ownPostIds' | 'ownUnitIds'>,
  { aboutPostId, aboutUnitId }: About,
): boolean =>
  (aboutPostId !== null && ownPostIds.includes(aboutPostId)) ||
  (aboutUnitId !== null && ownUnitIds.includes(aboutUnitId))

/** The same for a query over rows that belong to a case, by the column that names it. */
export function notAbout({ ownPostIds, ownUnitIds }: Grant, caseId: string): Condition {
  const [byPost, byUnit] = [among('k.aboutPostId', ownPostIds), among('k.aboutUnitId', ownUnitIds)]
  return {
    sql: `NOT EXISTS (SELECT k.id FROM help_case k WHERE k.id = ${caseId} AND (${byPost.sql} OR ${byUnit.sql}))`,
    params: [...byPost.params, ...byUnit.params],
  }
}

/** Those of the persons to whom a complaint may be told. */
export async function withoutAccused(db: EntityManager, about: About, personIds: readonly string[]): Promise<string[]> {
  const accused = await accusedOf(db, about)
  return personIds.filter((id) => !accused.personIds.includes(id))
}

/** The complaints among the cases, with whom they are about. */
export async function aboutOf(db: EntityManager, caseIds: readonly string[]): Promise<Map<string, About>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db.find(HelpCase, {
    select: { id: true, aboutUnitId: true, aboutPostId: true },
    where: { id: In([...caseIds]) },
  })
  return new Map(rows.map(({ id, aboutUnitId, aboutPostId }) => [id, { aboutUnitId, aboutPostId }]))
}
