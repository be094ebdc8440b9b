/** Amounts that are nobody's but the demonstration's, and rewards that wait: for their informer, their approvers, the bank, and to be recognised. */
import type { EntityManager } from 'typeorm'
import { change } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { Ground, Seed } from '../database/seed.js'
import { Post } from '../people/post.js'
import type { StaffRole } from '../people/roles.js'
import { foundTrue } from '../rewards/matter.js'
import { move } from '../rewards/move.js'
import type { Reward } from '../rewards/reward.js'
import { RewardRules, RULES_ID } from '../rewards/rules/rewardRules.js'
import { approve, propose } from '../rewards/recognition/steps.js'
import type { RewardLevel } from '../rewards/words.js'
import { changeInformer, identityOf } from '../tips/informers/store.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'

const AMOUNTS: Readonly<Record<RewardLevel, number>> = { major: 500_000, large: 200_000, general: 50_000 }
const NOTE = '演示金额，不是市局的标准'

export const seedDemoRewards: Seed = {
  name: 'demo.rewards',
  isDemo: true,
  async lay(db, ground) {
    const rules = await db.findOneByOrFail(RewardRules, { id: RULES_ID })
    const levels = rules.levels.map((one) => ({ ...one, amountFen: AMOUNTS[one.level], note: NOTE }))
    await change(db, RewardRules, rules, { levels, note: '演示：金额、期限和限额都不是市局的标准。' })
    const cast = await readCast(db, ground)
    const wanted = (await foundTrue(db, [], undefined, 10)).filter(
      ({ wantsReward, sameMatterAs }) => wantsReward && sameMatterAs === null,
    )
    const [claimable, undecided, banked] = wanted
    if (claimable) await layReward(db, ground, cast, { tipId: claimable.tipId, level: 'general', words: 2 })
    if (undecided) await layReward(db, ground, cast, { tipId: undecided.tipId, level: 'large', words: 0 })
    if (banked)
      await layBanked(
        db,
        ground,
        await layReward(db, ground, cast, { tipId: banked.tipId, level: 'general', words: 2 }),
      )
  },
}

interface Told {
  tipId: string
  level: RewardLevel
  /** Of how many approvers. */
  words: 0 | 2
}

async function layReward(
  db: EntityManager,
  ground: Ground,
  cast: Cast,
  { tipId, level, words }: Told,
): Promise<Reward> {
  const yesterday = ground.calendar.workdayBefore(addDays(dateOf(ground.now), -1), 0)
  const as = async (verb: string, login: string, role: StaffRole, time: string) => {
    const post = await db.findOneByOrFail(Post, { role, personId: cast.person(login) })
    const now = instantAt(yesterday, time)
    actAs(db, ground, { verb, at: now, personId: post.personId, postId: post.id })
    return { db, now, postId: post.id, personId: post.personId }
  }
  const reward = await propose(await as('reward.propose', 'rewardhandler', 'rewardHandler', '09:20'), {
    tipId,
    level,
    amountFen: AMOUNTS[level],
    reason: '举报属实，已依法处理，是这件事的第一个举报人。',
  })
  if (words === 0) return reward
  const first = await as('reward.approve', 'rewardapprover', 'rewardApprover', '10:05')
  await approve(first, ground, reward, null)
  await approve(await as('reward.approve', 'rewardapprover2', 'rewardApprover', '14:30'), ground, reward, '同意。')
  return reward
}

/** Its informer has told an account: that is nobody's either. */
async function layBanked(db: EntityManager, ground: Ground, reward: Reward): Promise<void> {
  const now = instantAt(ground.calendar.workdayBefore(addDays(dateOf(ground.now), -1), 0), '16:10')
  actAs(db, ground, { verb: 'reward.claim', at: now })
  const identity = await identityOf(db, ground, reward.tipId)
  if (!identity) throw new Error('the demonstration has a reward without an informer')
  const bank = { holder: identity.name, account: '6200000000000000000', bankName: '演示银行沈阳分行' }
  await changeInformer(db, ground, reward.tipId, { bank })
  await move(reward, { db, verb: 'reward.claim', now, postId: null, to: 'bank' }, { channel: 'bank' })
}
