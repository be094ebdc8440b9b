// One service visit, in short; a tap opens it.
import type { lineOf } from './view'

Component({
  properties: {
    /** By `lineOf`. */
    visit: { type: Object, value: {} as ReturnType<typeof lineOf> },
  },
  methods: {
    open() {
      void wx.navigateTo({ url: `/pages/visit/index?id=${this.data.visit.id}` })
    },
  },
})
