// Before a tip: what can be told here, how it is handled, in what time; and the ways to tell, to look it up, to one's own.
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { rulesOf, waysOf } from './view'

Component({
  behaviors: [page],
  data: { ways: waysOf(), rules: [] as string[], notes: [] as string[], failure: '' },
  methods: {
    onLoad() {
      void this.fetch()
    },
    /** The ways need no network; what the bureau has set does. */
    async fetch() {
      this.setData({ failure: '' })
      try {
        const settings = await call('tip.settings', {})
        this.setData({ rules: rulesOf(settings), notes: settings.notes })
      } catch {
        this.setData({ failure: '时限和奖励条件没取到' })
      }
    },
    report() {
      void wx.navigateTo({ url: '/tips/report/index' })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url })
    },
    callHotline() {
      wx.makePhoneCall({ phoneNumber: '12345', fail: () => undefined })
    },
  },
})
