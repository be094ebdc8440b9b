/** The rewards of a person's own tips, as their own data. */
import { In } from 'typeorm'
import type { OwnData } from '../people/ownData.js'
import { tipIdsOf } from '../tips/informers/store.js'
import { words } from '../words/words.js'
import { mattersOf } from './matter.js'
import { Reward } from './reward.js'

export const rewardData: OwnData = {
  title: '举报奖励',
  async read(db, { person, know }) {
    const tipIds = await tipIdsOf(db, know, person.id)
    if (tipIds.length === 0) return []
    const rewards = await db.find(Reward, { where: { standingTipId: In(tipIds) }, order: { id: 'ASC' } })
    const matters = await mattersOf(db, tipIds)
    return rewards
      .filter(({ state }) => state !== 'proposed' && state !== 'approvedOnce')
      .map(({ tipId, level, amountFen, state, channel, paidOn }) => ({
        举报编号: matters.get(tipId)?.number,
        等级: words.rewardLevels[level],
        金额: `${(amountFen / 100).toFixed(2)}元`,
        状态: words.rewardStates[state],
        发放方式: channel && words.channels[channel],
        发放日期: paidOn,
      }))
  },
}
