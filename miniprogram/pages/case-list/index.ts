// The cases behind a number: any filter of `case.list`, as `?title=…&filter=<JSON>`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import type { CaseFilter } from '../../services/caseChips'
import { readFilter } from '../../services/filters'
import { currentHat } from '../../services/hats'
import { start } from '../../services/session'

const PAGE = 20
const MOST = 100

Component({
  behaviors: [page, loading, paged],
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
      void this.nextPage(this.asker(PAGE))
    },
    refresh() {
      return this.load(async () => {
        this.setData({ isStaff: currentHat(await start()) !== 'enterprise' })
        return this.firstPage(this.asker(Math.min(MOST, Math.max(PAGE, this.data.items.length))))
      })
    },
    asker(limit: number) {
      const { filter } = this.data
      return (cursor?: string) => call('case.list', { ...filter, cursor, limit: cursor ? PAGE : limit })
    },
  },
})
