// 我的举报: those told by name, on the WeChat of whoever told them.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { type Line, lineOf } from '../services/progress'

Component({
  behaviors: [page, loading],
  data: { items: [] as Line[] },
  pageLifetimes: {
    show() {
      void this.refresh()
    },
  },
  methods: {
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { items } = await call('tip.mine', {})
        this.setData({ items: items.map(lineOf) })
        return items.length > 0
      })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { number: string }>) {
      void wx.navigateTo({ url: `/tips/tip/index?number=${event.currentTarget.dataset.number}` })
    },
    track() {
      void wx.navigateTo({ url: '/tips/track/index' })
    },
  },
})
