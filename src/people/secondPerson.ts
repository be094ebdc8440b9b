/** 另一人同意: whoever agrees is another person than whoever proposed, not another post of the same one. */
import type { EntityManager } from 'typeorm'
import { Problem } from '../problem.js'
import type { Grant } from './actor.js'
import { Post } from './post.js'

interface Proposed {
  postId: string
  /** Who it was, whatever posts they hold now. */
  personId: string | null
}

type Acting = readonly Pick<Grant, 'ownPostIds' | 'personId'>[]

/** Whether whoever acts is the person who proposed. */
export async function isSamePerson(db: EntityManager, proposed: Proposed, grants: Acting): Promise<boolean> {
  const proposer = await db.findOneBy(Post, { id: proposed.postId })
  const own = grants[0]?.ownPostIds ?? []
  return own.includes(proposed.postId) || [proposed.personId, proposer?.personId].includes(grants[0]?.personId)
}

/** @throws Problem forbidden, with `title`, where both are the same person */
export async function refuseSamePerson(
  db: EntityManager,
  proposed: Proposed,
  grants: Acting,
  title: string,
): Promise<void> {
  if (await isSamePerson(db, proposed, grants)) throw new Problem('forbidden', { title })
}
