/** What a level is worth, and the limits of paying. */
import { change } from '../../audit/trail.js'
import type { Output } from '../../contract.js'
import { forUpdate } from '../../database/transaction.js'
import { granted } from '../../http/can.js'
import { serve } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { invalid, Problem } from '../../problem.js'
import { RewardRules, RULES_ID } from '../rules/rewardRules.js'
import { standingRules } from '../rules/rules.js'
import { rewardLevels } from '../words.js'

function rulesView(rules: RewardRules, actor: Actor): Output<'reward.rules'> {
  const { levels, claimDays, claimUnit, dailyTotalFen, dailyCount, perPersonDailyFen, lowBalanceFen } = rules
  const { confirmed, note, version } = rules
  return {
    levels,
    claimDays,
    claimUnit,
    dailyTotalFen,
    dailyCount,
    perPersonDailyFen,
    lowBalanceFen,
    confirmed,
    note,
    version,
    can: granted(actor, ['reward.saveRules']),
  }
}

export const ruleVerbs = {
  'reward.rules': serve('reward.rules', {
    handle: async ({ db, actor }) => rulesView(await standingRules(db), actor),
  }),
  'reward.saveRules': serve('reward.saveRules', {
    async handle({ db, actor, input }) {
      const { version, ...asked } = input
      const lock = forUpdate(db)
      const rules = await db.findOneOrFail(RewardRules, { where: { id: RULES_ID }, ...(lock ? { lock } : {}) })
      if (rules.version !== version) throw new Problem('stale')
      const given = new Set(asked.levels.map(({ level }) => level))
      if (rewardLevels.some((level) => !given.has(level))) throw invalid('levels', '三个等级都要写，各写一次')
      return rulesView(await change(db, RewardRules, rules, asked), actor)
    },
  }),
}
