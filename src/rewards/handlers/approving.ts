/** Recognition by the handler, and the word of two others. */
import type { Verb } from '../../contract.js'
import { isDuplicate } from '../../database/transaction.js'
import { type Call, serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { words } from '../../words/words.js'
import { obstacleTo } from '../recognition/candidates.js'
import { accusedIdsOf, matterOf } from '../matter.js'
import { move } from '../move.js'
import { amountOf, standingRules } from '../rules/rules.js'
import { acting, refusePersonally } from '../recognition/secondPerson.js'
import { approve, propose } from '../recognition/steps.js'
import { unnamed } from '../../tips/withoutInformer.js'
import { type RewardRow, rewardTarget } from '../target.js'
import { rewardView } from '../view.js'

type On<V extends Verb> = Call<V, RewardRow>

const shown = ({ target, ...call }: Pick<On<Verb>, 'db' | 'actor' | 'now' | 'target'>) => rewardView(call, target)

export const approvingVerbs = {
  'reward.propose': serve('reward.propose', {
    async handle({ db, know, actor, grants, input, now }) {
      const { tipId, level } = input
      const obstacle = await obstacleTo(db, know, tipId, actor)
      if (obstacle === undefined) throw new Problem('notFound', { title: '没有这件举报' })
      if (obstacle !== null) throw new Problem('wrongState', { title: obstacle })
      const amountFen = amountOf(await standingRules(db), level)
      if (amountFen === undefined) {
        const name = words.rewardLevels[level]
        throw invalid('level', `“${name}”的奖励金额还没有定，请先由审批人在奖励标准里填写`)
      }
      const reason = await unnamed(db, know, tipId, actor.personId, input.reason)
      const doing = { db, now, ...acting(grants) }
      const reward = await propose(doing, { tipId, level, amountFen, reason }).catch((error: unknown) => {
        // Somebody else was quicker by a moment.
        throw isDuplicate(error) ? new Problem('wrongState', { title: '这件举报已经认定过奖励' }) : error
      })
      const accusedIds = await accusedIdsOf(db, tipId)
      return rewardView({ db, actor, now }, { reward, payout: null, accusedIds, version: reward.version })
    },
  }),
  'reward.approve': serve('reward.approve', {
    target: rewardTarget,
    async handle(call: On<'reward.approve'>) {
      const { db, know, actor, grants, target, input, now } = call
      const { reward } = target
      await refusePersonally(db, grants, 'reward.approve', reward, await matterOf(db, reward.tipId))
      const text = input.text === undefined ? null : await unnamed(db, know, reward.tipId, actor.personId, input.text)
      await approve({ db, now, ...acting(grants) }, know, reward, text)
      return shown(call)
    },
  }),
  'reward.reject': serve('reward.reject', {
    target: rewardTarget,
    async handle(call: On<'reward.reject'>) {
      const { db, grants, target, input } = call
      await refusePersonally(db, grants, 'reward.reject', target.reward, await matterOf(db, target.reward.tipId))
      return end(call, 'reward.reject', input.reason)
    },
  }),
  'reward.withdraw': serve('reward.withdraw', {
    target: rewardTarget,
    handle: (call: On<'reward.withdraw'>) => end(call, 'reward.withdraw', call.input.reason),
  }),
}

/** Nothing was reserved yet; the tip may be recognised anew. */
async function end(call: Omit<On<Verb>, 'input'>, verb: 'reward.reject' | 'reward.withdraw', said: string) {
  const { db, know, actor, grants, target, now } = call
  const text = await unnamed(db, know, target.reward.tipId, actor.personId, said)
  await move(target.reward, { db, verb, now, postId: grants[0]?.postId ?? null, text }, { standingTipId: null })
  return shown(call)
}
