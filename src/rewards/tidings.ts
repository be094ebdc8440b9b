/** What staff are told of rewards and payouts, and whom: a table. Never to whom a reward goes. */
import { type EntityManager, In } from 'typeorm'
import type { Knowledge } from '../house.js'
import { dateOf } from '../calendar/dates.js'
import { holdersOf } from '../notices/holders.js'
import { tiedTo } from '../tips/target.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { accusedIdsOf, mattersOf } from './matter.js'
import { Reward } from './reward.js'
import { troubleWords } from './payout/troubles.js'

type Receiver = 'rewardApprover' | 'rewardHandler' | 'supervisor'

interface Tiding {
  to: readonly Receiver[]
  title(number: string): string
  text(reward: Reward): string
}

export const tidings = {
  proposed: {
    to: ['rewardApprover'],
    title: (number) => `举报 ${number} 的奖励等您审批`,
    text: () => '要两名审批人先后同意才算批准。',
  },
  rejected: {
    to: ['rewardHandler'],
    title: (number) => `举报 ${number} 的奖励没有批准`,
    text: () => '理由在奖励里，可以重新认定。',
  },
  bank: {
    to: ['rewardHandler'],
    title: (number) => `举报 ${number} 的奖励等银行转账`,
    text: () => '转账后登记凭证号，由另一人核对。',
  },
  registered: {
    to: ['rewardApprover'],
    title: (number) => `举报 ${number} 的奖励已从银行转出，请核对`,
    text: () => '对照银行凭证核对后才算发放。',
  },
  trouble: {
    to: ['rewardHandler'],
    title: (number) => `举报 ${number} 的奖励没有付成`,
    text: ({ trouble }) => `${troubleWords(trouble, 'staff') ?? '请看奖励里的说明'}。`,
  },
} as const satisfies Record<string, Tiding>
export type TidingName = keyof typeof tidings

/** Those on duty in these roles, but for whoever has had their word already. */
async function postsIn(db: EntityManager, roles: readonly Receiver[], without: readonly (string | null)[] = []) {
  const posts = await db.findBy(Post, { role: In([...roles]), isActive: true })
  return posts.filter(({ personId }) => personId === null || !without.includes(personId)).map(({ id }) => id)
}

export async function tellOf(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  { rewardId, tiding, version }: { rewardId: string; tiding: TidingName; version: number },
): Promise<void> {
  const reward = await db.findOneBy(Reward, { id: rewardId })
  if (!reward) return
  const { to, title, text }: Tiding = tidings[tiding]
  const number = (await mattersOf(db, [reward.tipId])).get(reward.tipId)?.number ?? ''
  const had = [reward.proposedByPersonId, ...reward.approvals.map(({ personId }) => personId)]
  const holders = await holdersOf(db, await postsIn(db, to, tiding === 'proposed' ? had : []), dateOf(now))
  const tied = await tiedTo(db, await accusedIdsOf(db, reward.tipId))
  await tell(db, know, now, {
    personIds: holders.filter((id) => !tied.has(id)),
    subjectKind: 'reward',
    subjectId: rewardId,
    title: title(number),
    text: text(reward),
    uniqueKey: `reward.${tiding}:${rewardId}:${version}`,
  })
}

/** What concerns all payouts together. */
export async function tellAll(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  said: { subjectKind: 'payout' | 'reconciliation'; subjectId: string; title: string; text: string; uniqueKey: string },
): Promise<void> {
  await tell(db, know, now, { ...said, postIds: await postsIn(db, ['rewardHandler', 'rewardApprover', 'supervisor']) })
}
