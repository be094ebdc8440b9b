/** What is done with a reward before anybody claims it: recognised, and agreed to. The verbs and the demonstration do the same. */
import type { EntityManager } from 'typeorm'
import { create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { idAt } from '../../database/idAt.js'
import { insertWhole } from '../../database/insert.js'
import type { Knowledge } from '../../house.js'
import { reserve } from '../books/money.js'
import { move } from '../move.js'
import { Reward, RewardEntry } from '../reward.js'
import { lineId } from '../line.js'
import { lastClaimDay, standingRules } from '../rules/rules.js'

export interface Doing {
  db: EntityManager
  now: Date
  postId: string
  personId: string | null
}

type Recognition = Pick<Reward, 'tipId' | 'level' | 'amountFen' | 'reason'>

export async function propose({ db, now, postId, personId }: Doing, recognition: Recognition): Promise<Reward> {
  const [id, entryId] = [idAt(now), idAt(now)]
  const { tipId, reason: text } = recognition
  const values = {
    ...blank,
    ...recognition,
    id,
    standingTipId: tipId,
    proposedOn: dateOf(now),
    proposedByPostId: postId,
    proposedByPersonId: personId,
    createdAt: now,
  }
  const reward = await create(db, Reward, values, { entry: [null, { id: entryId, text }] })
  await insertWhole(db, RewardEntry, [{ id: entryId, rewardId: id, verb: 'reward.propose', at: now, postId, text }])
  return reward
}

/** With the second word the money is reserved, and the time to claim begins. */
export async function approve(
  { db, now, postId, personId }: Doing,
  know: Pick<Knowledge, 'calendar'>,
  reward: Reward,
  text: string | null,
): Promise<void> {
  const entryId = await lineId(db, reward.id, now)
  const approvals = [...reward.approvals, { postId, personId, at: now.toISOString(), entryId }]
  const isLast = reward.state === 'approvedOnce'
  const today = dateOf(now)
  const opened = isLast
    ? { approvedOn: today, claimBy: lastClaimDay(await standingRules(db), know, today) }
    : { approvedOn: null, claimBy: null }
  await move(reward, { db, verb: 'reward.approve', now, postId, text, entryId }, { approvals, ...opened })
  if (isLast) await reserve(db, reward, now)
}

const blank = {
  state: 'proposed' as const,
  approvals: [],
  approvedOn: null,
  claimBy: null,
  channel: null,
  isWechatClosed: false,
  paidOn: null,
  paidAt: null,
  trouble: null,
  bankPaidOn: null,
  bankVoucher: null,
  bankPaid: null,
  bankConfirmed: null,
}
