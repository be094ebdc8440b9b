// The tabs of whoever is here: which there are, and what they are called, follows the person's role.
import { currentHat, type Tab, tabsOfHat } from '../services/hats'
import { currentMe, onMe } from '../services/session'
import { typeScale } from '../services/typeScale'

/** How each bar stops listening. */
const bars = new WeakMap<object, () => void>()

Component({
  data: { tabs: tabsOfHat.enterprise as Tab[], path: '', unread: 0, style: '' },
  lifetimes: {
    attached() {
      // Each tab page has a bar of its own.
      bars.set(
        this,
        onMe(() => this.refresh()),
      )
    },
    detached() {
      bars.get(this)?.()
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
      const path = getCurrentPages().slice(-1)[0]?.route ?? ''
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
