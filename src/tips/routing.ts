/** To whom a tip goes: to the enforcer with the fewest in hand, never to somebody of the firm it is about. */
import type { EntityManager } from 'typeorm'
import { rowsBy } from '../database/rows.js'
import { among } from '../http/scopes.js'
import { Post } from '../people/post.js'
import { ENFORCEMENT } from '../people/unit.js'
import { tiedTo } from './target.js'
import { openStates } from './states.js'

export interface Candidate {
  postId: string
  isAway: boolean
  /** Open tips in hand. */
  load: number
}

/** Present before away, least loaded first. */
export const leastLoaded = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.toSorted(
    (a, b) => Number(a.isAway) - Number(b.isAway) || a.load - b.load || (a.postId < b.postId ? -1 : 1),
  )[0]

/** The enforcers who may handle it. */
export async function enforcersFor(db: EntityManager, accusedIds: readonly string[]): Promise<Post[]> {
  const posts = await rowsBy(db, Post, { unitId: ENFORCEMENT, role: 'enforcer', isActive: true }, { order: 'id' })
  const tied = await tiedTo(db, accusedIds)
  return posts.filter(({ personId }) => personId === null || !tied.has(personId))
}

/** Null where nobody may. */
export async function handlerFor(
  db: EntityManager,
  accusedIds: readonly string[],
  today: string,
): Promise<string | null> {
  const ids = (await enforcersFor(db, accusedIds)).map(({ id }) => id)
  if (ids.length === 0) return null
  const [posts, open] = [among('handlerPostId', ids), among('state', openStates)]
  const loads = (await db.query(
    `SELECT handlerPostId AS postId, COUNT(*) AS n FROM tip WHERE ${posts.sql} AND ${open.sql} GROUP BY handlerPostId`,
    [...posts.params, ...open.params],
  )) as { postId: string; n: number | string }[]
  const those = among('postId', ids)
  const away = (await db.query(
    `SELECT postId FROM absence WHERE ${those.sql} AND isCancelled = 0 AND fromOn <= ? AND toOn >= ?`,
    [...those.params, today, today],
  )) as { postId: string }[]
  const load = new Map(loads.map(({ postId, n }) => [postId, Number(n)]))
  const isAway = new Set(away.map(({ postId }) => postId))
  const chosen = leastLoaded(ids.map((postId) => ({ postId, isAway: isAway.has(postId), load: load.get(postId) ?? 0 })))
  return chosen?.postId ?? null
}
