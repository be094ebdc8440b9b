// One project of the ledger, in short; a tap opens it.
import type { lineOf } from './view'

Component({
  properties: {
    /** By `lineOf`. */
    project: { type: Object, value: {} as ReturnType<typeof lineOf> },
  },
  methods: {
    open() {
      void wx.navigateTo({ url: `/pages/project/index?id=${this.data.project.id}` })
    },
  },
})
