/** The informer's own: claiming, declining, and asking WeChat after having confirmed on the phone. Who they are is written nowhere here. */
import { create } from '../../audit/trail.js'
import { enqueue } from '../../audit/queue.js'
import type { Verb } from '../../contract.js'
import { forUpdate } from '../../database/transaction.js'
import type { Call } from '../../http/serve.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { changeInformer, identityOf, isInformer } from '../../tips/informers/store.js'
import { channelsOf, viewOfClaim } from '../claimView.js'
import { tipIdOf } from '../matter.js'
import { release } from '../books/money.js'
import { move } from '../move.js'
import { Payout } from '../payout/payout.js'
import { pursue } from '../payout/pursue.js'
import { Reward } from '../reward.js'
import { standingRules } from '../rules/rules.js'
import { stateObstacle } from '../states.js'

type Own = 'reward.claim' | 'reward.decline' | 'reward.checkPayment'

/** Their own reward, locked. To everybody else it does not exist. @throws Problem notFound */
async function own<V extends Own>({ db, know, actor, input }: Call<V>): Promise<Reward> {
  const tipId = await tipIdOf(db, input.number)
  const isTheirs = tipId !== null && actor.personId !== null && (await isInformer(db, know, tipId, actor.personId))
  const lock = forUpdate(db)
  const reward = isTheirs
    ? await db.findOne(Reward, { where: { standingTipId: tipId }, ...(lock ? { lock } : {}) })
    : null
  if (!reward || ['proposed', 'approvedOnce'].includes(reward.state)) {
    throw new Problem('notFound', { title: '没有找到这个编号的奖励' })
  }
  return reward
}

function refuseNow(reward: Reward, verb: 'reward.claim' | 'reward.decline'): void {
  const obstacle = stateObstacle(reward.state, verb)
  if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
}

export const claimingVerbs = {
  'reward.claim': serve('reward.claim', {
    isDiscreet: true,
    async handle(call) {
      const { db, know, input, now } = call
      const reward = await own(call)
      refuseNow(reward, 'reward.claim')
      const { channel } = input
      if (!channelsOf(reward, await standingRules(db), know).includes(channel)) {
        throw new Problem('wrongState', { title: unopen(reward, channel) })
      }
      if (channel === 'bank') await claimByBank(call, reward)
      else await claimByWechat(call, reward)
      return viewOfClaim(db, know, reward)

      function unopen({ state }: Reward, wanted: typeof channel): string {
        if (state === 'bank' && wanted === 'bank') return '银行转账已经在办，账号不能改了'
        return wanted === 'wechat' ? '这笔奖励现在不能用微信领取，请选银行转账' : '这笔奖励现在不能用银行转账领取'
      }
      async function claimByBank({ input: { bank } }: typeof call, row: Reward): Promise<void> {
        if (bank === undefined) throw invalid('bank', '请填写银行卡号和开户行')
        const identity = await identityOf(db, know, row.tipId)
        if (!identity) throw new Problem('notFound')
        await changeInformer(db, know, row.tipId, { bank: { holder: identity.name, ...bank } })
        await move(
          row,
          { db, verb: 'reward.claim', now, postId: null, ...(row.state === 'approved' ? { to: 'bank' as const } : {}) },
          { channel: 'bank', trouble: null },
        )
      }
    },
  }),
  'reward.decline': serve('reward.decline', {
    isDiscreet: true,
    async handle(call) {
      const { db, know, now } = call
      const reward = await own(call)
      refuseNow(reward, 'reward.decline')
      await move(reward, { db, verb: 'reward.decline', now, postId: null })
      await release(db, reward, now)
      return viewOfClaim(db, know, reward)
    },
  }),
  'reward.checkPayment': serve('reward.checkPayment', {
    isDiscreet: true,
    async handle(call) {
      const { db, know, now } = call
      const reward = await own(call)
      // A success on the phone is not yet a payment: WeChat is asked, once at a time.
      if (reward.state === 'paying') {
        const { looks } = await db.findOneByOrFail(Payout, { id: reward.id })
        await enqueue(db, [pursue(reward.id, now, `phone:${looks}`)], now)
      }
      return viewOfClaim(db, know, reward)
    },
  }),
}

/** One transfer for ever, under the reward's own number; the job sends it. */
async function claimByWechat({ db, now }: Call<Verb>, reward: Reward): Promise<void> {
  await move(
    reward,
    { db, verb: 'reward.claim', now, postId: null, to: 'paying' },
    { channel: 'wechat', trouble: null },
  )
  await create(db, Payout, {
    id: reward.id,
    outBillNo: reward.id.replaceAll('-', ''),
    amountFen: reward.amountFen,
    state: 'NEW',
    transferBillNo: null,
    failReason: null,
    sentAt: null,
    sentOn: null,
    cancelAskedAt: null,
    finishedAt: null,
    finishedOn: null,
    packageSealed: null,
    lookedAt: null,
    looks: 0,
    flowOutOn: null,
    flowBackOn: null,
  })
  await enqueue(db, [pursue(reward.id, now, 'first')], now)
}
