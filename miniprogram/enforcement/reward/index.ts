// One reward, `?id=`: how much and why, who agreed, how it is paid, and what can be done now.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { start } from '../../services/session'
import { buttonsOf, noButtons, rewardActs } from '../services/acts'
import type { RewardView } from '../services/rewardWords'
import { approvalsOf, bankOf, headOf, payoutOf, stepsOf, laterOf, waitsFor } from './view'

Component({
  behaviors: [page, loading],
  data: {
    id: '',
    tipId: '',
    head: null as ReturnType<typeof headOf> | null,
    approvals: [] as ReturnType<typeof approvalsOf>,
    waits: '',
    later: '',
    payout: null as ReturnType<typeof payoutOf>,
    bank: null as ReturnType<typeof bankOf>,
    steps: [] as ReturnType<typeof stepsOf>,
    buttons: noButtons,
    canIdentify: false,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { posts } = await start()
        this.setData({ canIdentify: posts.some(({ role }) => role === 'rewardHandler') })
        this.take(await call('reward.read', { id: this.data.id }))
        return true
      })
    },
    take(reward: RewardView) {
      this.setData({
        tipId: reward.tip.id,
        head: headOf(reward),
        approvals: approvalsOf(reward),
        waits: waitsFor(reward),
        later: laterOf(reward, this.data.canIdentify),
        payout: payoutOf(reward),
        bank: bankOf(reward),
        steps: stepsOf(reward),
        buttons: buttonsOf(rewardActs, reward.can),
      })
    },
    openTip() {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${this.data.tipId}` })
    },
  },
})
