/** What stands against an absence: nobody is away twice, and nobody away stands in for another. */
import { type EntityManager, In, LessThanOrEqual, MoreThanOrEqual, Not } from 'typeorm'
import { forUpdate } from '../database/transaction.js'
import { invalid } from '../problem.js'
import { Absence } from './absence.js'
import { Post } from './post.js'

interface Planned {
  /** Of the absence being changed; undefined for a new one. */
  id: string | undefined
  postId: string
  standInPostId: string
  fromOn: string
  toOn: string
}

/** Two who enter absences that clash wait for one another here. Always in the same order. */
export async function holdPosts(db: EntityManager, postIds: readonly string[]): Promise<Map<string, Post>> {
  const lock = forUpdate(db)
  const where = { id: In([...postIds]) }
  const rows = await db.find(Post, { where, order: { id: 'ASC' }, ...(lock ? { lock } : {}) })
  return new Map(rows.map((row) => [row.id, row]))
}

/** @throws Problem invalid */
export async function refuseClashes(db: EntityManager, { id, postId, standInPostId, fromOn, toOn }: Planned) {
  const lock = forUpdate(db)
  const sameDays = {
    ...(id === undefined ? {} : { id: Not(id) }),
    isCancelled: false,
    fromOn: LessThanOrEqual(toOn),
    toOn: MoreThanOrEqual(fromOn),
  }
  // Read under a lock: what another transaction has just committed counts.
  const others = await db.find(Absence, {
    where: [
      { ...sameDays, postId: In([postId, standInPostId]) },
      { ...sameDays, standInPostId: postId },
    ],
    order: { fromOn: 'ASC', id: 'ASC' },
    ...(lock ? { lock } : {}),
  })
  if (others.some((one) => one.postId === postId)) throw invalid('fromOn', '这段时间已经登记过外出')
  if (others.some((one) => one.postId === standInPostId)) throw invalid('standInPostId', '替岗人这几天也不在')
  const relied = others.find((one) => one.standInPostId === postId)
  if (!relied) return
  const name = (await db.findOneBy(Post, { id: relied.postId }))?.name ?? '同事'
  throw invalid('fromOn', `这几天您要替${name}的岗，请先改由别人替岗`)
}
