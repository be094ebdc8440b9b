/** Who may not agree: the proposer, whoever agreed before, and whoever verified or concluded the tip, in whatever post. */
import type { EntityManager } from 'typeorm'
import type { Grant } from '../../people/actor.js'
import { refuseSamePerson } from '../../people/secondPerson.js'
import { Problem } from '../../problem.js'
import type { Matter } from '../matter.js'
import type { Reward } from '../reward.js'

/** Proposer and enforcers. @throws Problem forbidden, with a sentence */
export async function refuseInvolved(
  db: EntityManager,
  grants: readonly Grant[],
  { proposedByPostId: postId, proposedByPersonId: personId }: Reward,
  matter: Matter,
): Promise<void> {
  await refuseSamePerson(db, { postId, personId }, grants, '认定奖励的人不能审批，请另一人审批')
  for (const handler of matter.handlers) {
    await refuseSamePerson(db, handler, grants, '查证或办结这件举报的人不能审批奖励')
  }
}

/** @throws Problem forbidden, with a sentence */
export async function refuseSecondWord(db: EntityManager, grants: readonly Grant[], { approvals }: Reward) {
  for (const before of approvals) {
    await refuseSamePerson(db, before, grants, '您已经同意过了，第二名审批人须是另一人')
  }
}

/** The post that acts, and who holds it. @throws Problem forbidden where nobody stands behind it */
export function acting(grants: readonly Grant[]): { postId: string; personId: string | null } {
  const [grant] = grants
  if (!grant?.postId) throw new Problem('forbidden')
  return { postId: grant.postId, personId: grant.personId }
}
