/** What the bureau's own people are told of tips: never who informed, and never anybody of the firm it is about. */
import type { EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import { rowsBy } from '../database/rows.js'
import type { Knowledge } from '../house.js'
import { holdersOf } from '../notices/holders.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { ENFORCEMENT } from '../people/unit.js'
import { accusedOf, tiedTo } from './target.js'
import type { Tip } from './tip.js'

interface Said {
  title: string
  text: string
  uniqueKey: string
}

export interface Telling {
  db: EntityManager
  know: Knowledge
  now: Date
}

/** The holders of the posts, and who stands in for them, without those of the firm. */
export async function tellPosts(
  { db, know, now }: Telling,
  tip: Tip,
  postIds: readonly string[],
  said: Said,
): Promise<void> {
  const holders = await holdersOf(db, [...postIds], dateOf(now))
  const tied = await tiedTo(db, await accusedOf(db, tip))
  const personIds = holders.filter((id) => !tied.has(id))
  await tell(db, know, now, { personIds, subjectKind: 'tip', subjectId: tip.id, ...said })
}

export const postsOf = async (db: EntityManager, role: Post['role']): Promise<string[]> => {
  const where = role === 'enforcer' ? { role, isActive: true, unitId: ENFORCEMENT } : { role, isActive: true }
  return (await rowsBy(db, Post, where, { order: 'id' })).map(({ id }) => id)
}

/** Its handler; where there is none, all who could be. */
export const handlersOf = async (db: EntityManager, { handlerPostId }: Tip): Promise<string[]> =>
  handlerPostId === null ? postsOf(db, 'enforcer') : [handlerPostId]
