/** Who is to be told when a post is: its holder and, while it is absent, whoever stands in. */
import type { EntityManager } from 'typeorm'
import { among } from '../http/scopes.js'

/** The persons behind the posts on `today`; who stands in for a stand-in is found too. */
export async function holdersOf(db: EntityManager, postIds: readonly string[], today: string): Promise<string[]> {
  const known = new Set(postIds)
  for (let newest = [...known]; newest.length > 0; ) {
    const absent = among('postId', newest)
    const rows = (await db.query(
      `SELECT standInPostId FROM absence WHERE ${absent.sql} AND isCancelled = 0 AND fromOn <= ? AND toOn >= ?`,
      [...absent.params, today, today],
    )) as { standInPostId: string }[]
    newest = [...new Set(rows.map((row) => row.standInPostId))].filter((id) => !known.has(id))
    for (const id of newest) known.add(id)
  }
  const posts = among('id', [...known])
  const holders = (await db.query(
    `SELECT DISTINCT personId FROM post WHERE ${posts.sql} AND isActive = 1 AND personId IS NOT NULL`,
    posts.params,
  )) as { personId: string }[]
  return holders.map((row) => row.personId)
}
