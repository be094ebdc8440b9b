// One tip, `?id=`: what was told, what was found and done, who has it, and what can be done now. Never who informed.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Me } from '../../services/api'
import { call } from '../../services/call'
import { copyText } from '../../services/clipboard'
import { start } from '../../services/session'
import { buttonsOf, noButtons, tipActs } from '../services/acts'
import type { TipView } from '../services/tipWords'
import { checksOf, headOf, othersOf, outcomeOf, stepsOf } from './view'

type Tap = WechatMiniprogram.TouchEvent<{}, {}, { id: string }>
type Role = Me['posts'][number]['role']

/** Who may see rewards, and who has looked at identities. */
const overseers: readonly Role[] = ['rewardHandler', 'rewardApprover', 'supervisor']

Component({
  behaviors: [page, loading],
  data: {
    id: '',
    tip: null as TipView | null,
    head: null as ReturnType<typeof headOf> | null,
    outcome: { found: [], decided: [] } as ReturnType<typeof outcomeOf>,
    checks: [] as ReturnType<typeof checksOf>,
    others: [] as ReturnType<typeof othersOf>,
    steps: [] as ReturnType<typeof stepsOf>,
    buttons: noButtons,
    canSeeLeads: false,
    canSeeRewards: false,
    canSeeLooks: false,
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
        const isOverseer = posts.some(({ role }) => overseers.includes(role))
        const canSeeLeads = posts.some(({ role }) => role === 'enforcer' || role === 'supervisor')
        this.setData({ canSeeLeads, canSeeRewards: isOverseer, canSeeLooks: isOverseer })
        this.take(await call('tip.read', { id: this.data.id }))
        return true
      })
    },
    take(tip: TipView) {
      const acts = tipActs.map((act) =>
        act.verb === 'tip.markPriority' ? { ...act, word: tip.isPriority ? '移出重点清单' : '列入重点清单' } : act,
      )
      this.setData({
        tip,
        head: headOf(tip),
        outcome: outcomeOf(tip),
        checks: checksOf(tip),
        others: othersOf(tip),
        steps: stepsOf(tip),
        buttons: buttonsOf(acts, tip.can),
        canIdentify: tip.can.includes('tip.identity'),
      })
    },
    copy() {
      copyText(this.data.tip?.number ?? '')
    },
    openMap() {
      const { point, firmName, address } = this.data.tip ?? {}
      if (point) void wx.openLocation({ ...point, name: point.name ?? firmName ?? '', address: address ?? '' })
    },
    openTip({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${currentTarget.dataset.id}` })
    },
    openLead({ currentTarget }: Tap) {
      if (this.data.canSeeLeads) void wx.navigateTo({ url: `/enforcement/lead/index?id=${currentTarget.dataset.id}` })
    },
    openReward() {
      void wx.navigateTo({ url: `/enforcement/reward/index?id=${this.data.tip?.rewardId}` })
    },
    openLooks() {
      void wx.navigateTo({ url: `/enforcement/looks/index?id=${this.data.id}` })
    },
  },
})
