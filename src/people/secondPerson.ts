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

/** @throws Problem forbidden, with `title`, where both are the same person */
export async function refuseSamePerson(
  db: EntityManager,
  proposed: Proposed,
  grants: readonly Pick<Grant, 'ownPostIds' | 'personId'>[],
  title: string,
): Promise<void> {
  const proposer = await db.findOneBy(Post, { id: proposed.postId })
  const own = grants[0]?.ownPostIds ?? []
  const isSame = own.includes(proposed.postId) || [proposed.personId, proposer?.personId].includes(grants[0]?.personId)
  if (isSame) throw new Problem('forbidden', { title })
}
