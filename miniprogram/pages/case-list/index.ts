// The cases behind a number: any filter of `case.list`, as `?title=…&filter=<JSON>`.
import { blocks } from '../../behaviors/blocks'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import type { CaseFilter } from '../../services/caseChips'
import { readFilter } from '../../services/filters'
import { currentHat } from '../../services/hats'
import { start } from '../../services/session'

Component({
  behaviors: [page, loading, blocks],
  data: { filter: {} as CaseFilter, isStaff: false },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      this.setData({ filter })
      if (title) void wx.setNavigationBarTitle({ title })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextBlock(this.asker())
    },
    refresh() {
      return this.load(async () => {
        this.setData({ isStaff: currentHat(await start()) !== 'enterprise' })
        return this.firstBlocks(this.asker())
      })
    },
    asker() {
      const { filter } = this.data
      return (cursor: string | undefined, limit: number) => call('case.list', { ...filter, cursor, limit })
    },
  },
})
