// The home page of clerks and administrators: what they can do here, and how much of it waits.
import type { Hat } from '../../../services/hats'
import { type Duty, dutiesOf } from './duties'

Component({
  properties: {
    hat: { type: String, value: '' },
  },
  data: { duties: [] as (Pick<Duty, 'title' | 'hint' | 'url' | 'isTab'> & { count: string })[] },
  observers: {
    hat() {
      this.setData({
        duties: this.table().map(({ title, hint, url, isTab }) => ({ title, hint, url, isTab, count: '' })),
      })
    },
  },
  methods: {
    table(): Duty[] {
      return dutiesOf[this.data.hat as Hat] ?? []
    },
    /** Fetches what waits anew. A count that cannot be had is left out: the pages themselves say what is wrong. */
    async refresh() {
      await Promise.all(
        this.table().map(async ({ waiting }, index) => {
          const count = await waiting?.().catch(() => '')
          if (count !== undefined) this.setData({ [`duties[${index}].count`]: count })
        }),
      )
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const duty = this.data.duties[event.currentTarget.dataset.index]
      if (duty) void (duty.isTab ? wx.switchTab({ url: duty.url }) : wx.navigateTo({ url: duty.url }))
    },
  },
})
