// The first tab: a firm's home page, an officer's desk, the board, or a clerk's list, by the hat the person wears.
import { page } from '../../behaviors/page'
import { currentHat, type Hat, tabsOfHat } from '../../services/hats'
import { currentMe, onMe } from '../../services/session'

const LAST_HAT = 'home.hat'
const AGAIN_AFTER_MS = 250
const MOST_TRIES = 40
let stop: (() => void) | undefined

/** Until it is known who is here, what this phone showed last. */
function hatNow(): Hat {
  const me = currentMe()
  if (!me) return wx.getStorageSync<Hat>(LAST_HAT) || 'enterprise'
  const hat = currentHat(me)
  wx.setStorageSync(LAST_HAT, hat)
  return hat
}

Component({
  behaviors: [page],
  data: { hat: hatNow() },
  lifetimes: {
    attached() {
      stop = onMe(() => {
        if (hatNow() !== this.data.hat) this.follow(() => void this.refresh())
      })
    },
    detached() {
      stop?.()
    },
  },
  methods: {
    onShow() {
      this.follow(() => void this.refresh())
    },
    onPullDownRefresh() {
      void this.refresh().finally(() => wx.stopPullDownRefresh())
    },
    onShareAppMessage() {
      return { title: '沈环帮办：办事不用找关系', path: '/pages/home/index' }
    },
    follow(then: () => void) {
      const hat = hatNow()
      const title = hat === 'enterprise' ? '沈环帮办' : (tabsOfHat[hat][0]?.text ?? '')
      void wx.setNavigationBarTitle({ title })
      this.setData({ hat }, then)
    },
    async refresh() {
      // A component of another package may still be on its way.
      for (let tried = 0; tried < MOST_TRIES; tried += 1) {
        const content = this.selectComponent('#content') as { refresh?: () => Promise<void> } | null
        if (content?.refresh) return content.refresh()
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
      }
    },
  },
})
