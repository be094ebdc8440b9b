// A part of a long list of cases: far from the screen it keeps its place and nothing in it, so that a phone bears any length.
import type { CaseItem } from '../../services/api'

/** How far above and below the screen cases are drawn already, in screens: as far as a flick goes. */
const AHEAD = 2

/** How each stops watching where it is. */
const stops = new WeakMap<object, () => void>()

Component({
  properties: {
    items: { type: Array, value: [] as CaseItem[] },
    isStaff: { type: Boolean, value: false },
  },
  data: {
    isNear: true,
    /** In px, as it was when it was drawn last. */
    height: 0,
  },
  lifetimes: {
    ready() {
      const room = wx.getWindowInfo().windowHeight * AHEAD
      // Told of the first look too, unless it is wholly near, as it is drawn.
      const observer = this.createIntersectionObserver({ initialRatio: 1 })
      observer
        .relativeToViewport({ top: room, bottom: room })
        .observe('.block', ({ intersectionRatio, boundingClientRect: { height } }) =>
          this.see(intersectionRatio > 0, height),
        )
      stops.set(this, () => observer.disconnect())
    },
    detached() {
      stops.get(this)?.()
    },
  },
  methods: {
    see(isNear: boolean, height: number) {
      // Without a height it is the whole page that is out of sight.
      if (isNear === this.data.isNear || height === 0) return
      this.setData(isNear ? { isNear } : { isNear, height })
    },
  },
})
