/** Who could take a case: posts with what they have in hand, read for routing. */
import type { EntityManager } from 'typeorm'
import { rowsBy } from '../database/rows.js'
import { Post } from '../people/post.js'
import { type About, accusedOf, isAccused } from './accused.js'
import type { Candidate } from './routing.js'

/** Officers of the units, with load and absence as of `today`. */
export async function candidatesOf(db: EntityManager, unitIds: readonly string[], today: string): Promise<Candidate[]> {
  if (unitIds.length === 0) return []
  return weigh(db, await rowsBy(db, Post, { unitId: [...unitIds], role: 'officer', isActive: true }), today)
}

/** Loads and absences of posts. */
export async function weigh(db: EntityManager, posts: readonly Post[], today: string): Promise<Candidate[]> {
  if (posts.length === 0) return []
  const ids = posts.map((post) => post.id)
  const marks = ids.map(() => '?').join(', ')
  const loads = (await db.query(
    `SELECT officerPostId, COUNT(*) AS n FROM help_case
     WHERE officerPostId IN (${marks}) AND state IN ('assigned', 'handling', 'waiting') GROUP BY officerPostId`,
    ids,
  )) as { officerPostId: string; n: number }[]
  const newest = (await db.query(
    // One step down the index for each post: grouping would read all that they ever had.
    `SELECT o.id AS officerPostId, (SELECT MAX(c.id) FROM help_case c WHERE c.officerPostId = o.id) AS id
     FROM post o WHERE o.id IN (${marks})`,
    ids,
  )) as { officerPostId: string; id: string | null }[]
  const away = (await db.query(
    `SELECT postId FROM absence WHERE postId IN (${marks}) AND isCancelled = 0 AND fromOn <= ? AND toOn >= ?`,
    [...ids, today, today],
  )) as { postId: string }[]
  const load = new Map(loads.map((row) => [row.officerPostId, Number(row.n)]))
  const last = new Map(newest.map((row) => [row.officerPostId, row.id ?? '']))
  const isAway = new Set(away.map((row) => row.postId))
  return posts.map((post) => ({
    postId: post.id,
    unitId: post.unitId,
    personKey: post.phoneHash,
    handles: post.handles,
    isDuty: post.isDuty,
    isAway: isAway.has(post.id),
    load: load.get(post.id) ?? 0,
    lastCaseId: last.get(post.id) ?? '',
  }))
}

/** Who acts for each post today: the post itself, or the last of its chain of stand-ins. */
export async function actingFor(
  db: EntityManager,
  postIds: Iterable<string>,
  today: string,
): Promise<Map<string, string>> {
  const acting = new Map([...new Set(postIds)].map((id) => [id, id]))
  for (let hops = 0; hops < 5 && acting.size > 0; hops += 1) {
    const ends = [...new Set(acting.values())]
    const rows = (await db.query(
      `SELECT postId, standInPostId FROM absence WHERE postId IN (${ends.map(() => '?').join(', ')})
       AND isCancelled = 0 AND fromOn <= ? AND toOn >= ? ORDER BY id`,
      [...ends, today, today],
    )) as { postId: string; standInPostId: string }[]
    if (rows.length === 0) break
    const standIn = new Map(rows.map((row) => [row.postId, row.standInPostId]))
    for (const [post, end] of acting) {
      const next = standIn.get(end)
      // Two who name each other are both away: the case stays with its own officer.
      if (next !== undefined && next !== post) acting.set(post, next)
    }
  }
  return acting
}

/** Who acts on one case today; a complaint does not pass to a stand-in it is about, and stays with its officer. */
export async function actingOn(db: EntityManager, about: About, postId: string, today: string): Promise<string> {
  const acting = (await actingFor(db, [postId], today)).get(postId) ?? postId
  if (acting === postId || (about.aboutPostId === null && about.aboutUnitId === null)) return acting
  const standIn = await db.findOneBy(Post, { id: acting })
  return standIn && isAccused(await accusedOf(db, about), standIn) ? postId : acting
}
