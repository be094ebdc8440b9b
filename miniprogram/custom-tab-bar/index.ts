// The tabs of whoever is here: which there are, and what they are called, follows the person's role.
import { currentHat, type Tab, tabsOfHat } from '../services/hats'
import { currentMe, onMe } from '../services/session'
import { typeScale } from '../services/typeScale'

let stop: (() => void) | undefined

Component({
  data: { tabs: tabsOfHat.enterprise as Tab[], path: '', unread: 0, style: '' },
  lifetimes: {
    attached() {
      stop = onMe(() => this.refresh())
    },
    detached() {
      stop?.()
    },
  },
  pageLifetimes: {
    show() {
      this.refresh()
    },
  },
  methods: {
    refresh() {
      const me = currentMe()
      const path = getCurrentPages().at(-1)?.route ?? ''
      this.setData({
        tabs: tabsOfHat[currentHat(me)],
        path,
        unread: me?.unread ?? 0,
        style: `--type-scale: ${Math.min(typeScale(), 1.3)}`,
      })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { path: string }>) {
      const { path } = event.currentTarget.dataset
      if (path !== this.data.path) void wx.switchTab({ url: `/${path}` })
    },
  },
})
