/** Recognition by the handler, and the word of two others. */
import { create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import type { Verb } from '../../contract.js'
import { idAt } from '../../database/idAt.js'
import { insertWhole } from '../../database/insert.js'
import { isDuplicate } from '../../database/transaction.js'
import { type Call, serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { obstacleTo } from '../candidates.js'
import { matterOf } from '../matter.js'
import { reserve } from '../money.js'
import { move } from '../move.js'
import { Reward, RewardEntry } from '../reward.js'
import { amountOf, lastClaimDay, standingRules } from '../rules.js'
import { refuseInvolved, refuseSecondWord, signing } from '../secondPerson.js'
import { endedWithoutMoney } from '../states.js'
import { type RewardRow, rewardTarget } from '../target.js'
import { rewardView } from '../view.js'
import { words } from '../../words/words.js'

type On<V extends Verb> = Call<V, RewardRow>

export const approvingVerbs = {
  'reward.propose': serve('reward.propose', {
    async handle({ db, know, actor, grants, input, now }) {
      const { tipId, level, reason } = input
      const obstacle = await obstacleTo(db, know, tipId)
      if (obstacle === undefined) throw new Problem('notFound', { title: '没有这件举报' })
      if (obstacle !== null) throw new Problem('wrongState', { title: obstacle })
      const amountFen = amountOf(await standingRules(db), level)
      if (amountFen === undefined) {
        const name = words.rewardLevels[level]
        throw invalid('level', `“${name}”的奖励金额还没有定，请先由审批人在奖励标准里填写`)
      }
      const id = idAt(now)
      const entryId = idAt(now)
      const { postId, personId } = signing(grants, now, entryId)
      const values = {
        ...blank,
        id,
        tipId,
        standingTipId: tipId,
        level,
        amountFen,
        reason,
        proposedOn: dateOf(now),
        proposedByPostId: postId,
        proposedByPersonId: personId,
        createdAt: now,
      }
      const reward = await create(db, Reward, values, { entry: [null, { id: entryId, text: reason }] }).catch(
        (error: unknown) => {
          // Somebody else was quicker by a moment.
          throw isDuplicate(error) ? new Problem('wrongState', { title: '这件举报已经认定过奖励' }) : error
        },
      )
      const entry = { id: entryId, rewardId: id, verb: 'reward.propose', at: now, postId, text: reason }
      await insertWhole(db, RewardEntry, [entry])
      return rewardView(db, actor, { reward, payout: null, version: reward.version })
    },
  }),
  'reward.approve': serve('reward.approve', {
    target: rewardTarget,
    async handle(call: On<'reward.approve'>) {
      const { db, know, grants, target, input, now } = call
      const { reward } = target
      await refuseInvolved(db, grants, reward, await matterOf(db, reward.tipId))
      await refuseSecondWord(db, grants, reward)
      const entryId = idAt(now)
      const signature = signing(grants, now, entryId)
      const isLast = reward.state === 'approvedOnce'
      const today = dateOf(now)
      const open = isLast
        ? { approvedOn: today, claimBy: lastClaimDay(await standingRules(db), know, today) }
        : { approvedOn: null, claimBy: null }
      const step = { db, verb: 'reward.approve', now, postId: signature.postId, text: input.text ?? null } as const
      await move(reward, { ...step, entryId }, { approvals: [...reward.approvals, signature], ...open })
      if (isLast) await reserve(db, reward, now)
      return shown(call)
    },
  }),
  'reward.reject': serve('reward.reject', {
    target: rewardTarget,
    async handle(call: On<'reward.reject'>) {
      const { db, grants, target, input } = call
      await refuseInvolved(db, grants, target.reward, await matterOf(db, target.reward.tipId))
      await end(call, input.reason)
      return shown(call)
    },
  }),
  'reward.withdraw': serve('reward.withdraw', {
    target: rewardTarget,
    async handle(call: On<'reward.withdraw'>) {
      await end(call, call.input.reason)
      return shown(call)
    },
  }),
}

/** Nothing was reserved yet; the tip may be recognised anew. */
async function end({ db, verb, grants, target, now }: On<'reward.reject' | 'reward.withdraw'>, text: string) {
  const { reward } = target
  await move(reward, { db, verb, now, postId: grants[0]?.postId ?? null, text }, { standingTipId: null })
  if (!endedWithoutMoney.includes(reward.state)) throw new Error('a reward that ended and did not')
}

const shown = ({ db, actor, target }: Pick<On<Verb>, 'db' | 'actor' | 'target'>) => rewardView(db, actor, target)

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
