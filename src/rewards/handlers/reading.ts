/** Reading rewards: the list, one of them, and the tips that could be rewarded. */
import { serve } from '../../http/serve.js'
import { candidates } from '../recognition/candidates.js'
import { listRewards } from '../list.js'
import { rewardTarget } from '../target.js'
import { rewardView } from '../view.js'

export const readingVerbs = {
  'reward.candidates': serve('reward.candidates', { handle: candidates }),
  'reward.list': serve('reward.list', { isOfOneMoment: true, handle: listRewards }),
  'reward.read': serve('reward.read', {
    target: rewardTarget,
    handle: ({ target, ...call }) => rewardView(call, target),
  }),
}
