// A project of the week's list: what became of this week's offer, and the next step.
import type { DueLine } from '../../services/week'

Component({
  properties: {
    /** By `dueLineOf`. */
    line: { type: Object, value: {} as DueLine },
  },
  methods: {
    go(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url })
    },
  },
})
