/** Who may not say the word: the proposer, whoever said it before, and whoever verified or concluded the tip, in whatever post. */
import type { EntityManager } from 'typeorm'
import type { Grant } from '../../people/actor.js'
import { isSamePerson } from '../../people/secondPerson.js'
import { Problem } from '../../problem.js'
import type { Matter } from '../matter.js'
import type { Reward } from '../reward.js'

type Party = Parameters<typeof isSamePerson>[1]

interface Bar {
  parties: (reward: Reward, matter: Matter | undefined) => readonly Party[]
  /** What one of them is told. */
  title: string
}

const proposer: Bar = {
  parties: ({ proposedByPostId: postId, proposedByPersonId: personId }) => [{ postId, personId }],
  title: '认定奖励的人不能审批，请另一人审批',
}
const enforcers: Bar = {
  parties: (_, matter) => matter?.handlers ?? [],
  title: '查证或办结这件举报的人不能审批奖励',
}
const agreed = ({ approvals }: Reward) => approvals
const registered = ({ bankPaid }: Reward) => (bankPaid ? [bankPaid] : [])

const bars: Readonly<Record<string, readonly Bar[]>> = {
  'reward.approve': [proposer, enforcers, { parties: agreed, title: '您已经同意过了，第二名审批人须是另一人' }],
  'reward.reject': [proposer, enforcers, { parties: agreed, title: '您已经同意过了；要改主意，请经办人撤回' }],
  'reward.confirmBank': [{ parties: registered, title: '登记转账的人不能自己核对，请另一人核对' }],
}

/** Why this person may not do it, whatever the state allows; undefined where nothing is in their way. */
export async function personalObstacle(
  db: EntityManager,
  grants: readonly Grant[],
  verb: string,
  reward: Reward,
  matter?: Matter,
): Promise<string | undefined> {
  for (const { parties, title } of bars[verb] ?? [])
    for (const party of parties(reward, matter)) if (await isSamePerson(db, party, grants)) return title
  return undefined
}

/** @throws Problem forbidden, with a sentence */
export async function refusePersonally(...asked: Parameters<typeof personalObstacle>): Promise<void> {
  const title = await personalObstacle(...asked)
  if (title !== undefined) throw new Problem('forbidden', { title })
}

/** The post that acts, and who holds it. @throws Problem forbidden where nobody stands behind it */
export function acting(grants: readonly Grant[]): { postId: string; personId: string | null } {
  const [grant] = grants
  if (!grant?.postId) throw new Problem('forbidden')
  return { postId: grant.postId, personId: grant.personId }
}
