// One reward in a list; a tap opens it.
import type { RewardLine } from '../../services/rewardWords'

Component({
  properties: {
    line: { type: Object, value: {} as RewardLine },
  },
  methods: {
    open() {
      void wx.navigateTo({ url: `/enforcement/reward/index?id=${this.data.line.id}` })
    },
  },
})
