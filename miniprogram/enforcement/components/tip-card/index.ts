// One tip in a list; a tap opens it.
import type { TipLine } from '../../services/tipWords'

Component({
  properties: {
    line: { type: Object, value: {} as TipLine },
  },
  methods: {
    open() {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${this.data.line.id}` })
    },
  },
})
