// One of one's own tips, told by name: how far it has come.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import type { Progress } from '../services/progress'

Component({
  behaviors: [page, loading],
  data: { receipt: { number: '' }, tip: null as Progress | null },
  pageLifetimes: {
    /** Also on the way back from the reward. */
    show() {
      if (this.data.receipt.number) void this.refresh()
    },
  },
  methods: {
    onLoad({ number = '' }: Record<string, string | undefined>) {
      this.setData({ receipt: { number } })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.setData({ tip: await call('tip.track', this.data.receipt) })
        return true
      })
    },
    changed({ detail }: WechatMiniprogram.CustomEvent<{ tip: Progress }>) {
      this.setData({ tip: detail.tip })
    },
  },
})
