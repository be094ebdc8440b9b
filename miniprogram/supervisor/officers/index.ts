// How much each officer has in hand, the late first: to lend a hand, not to rank anybody.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { type ListFilter, openFilter } from '../../services/filters'
import { columns, officerLine } from '../services/people'
import { type Period, type PeriodCode, periodOf } from '../services/period'

Component({
  behaviors: [page, loading, paged],
  data: {
    columns,
    code: 'month' as PeriodCode,
    ...periodOf('month', today(), { from: '', to: '' }),
    unitId: '',
  },
  methods: {
    onLoad({ code = 'month', from = '', to = '', unitId = '' }: Record<string, string | undefined>) {
      this.setData({ unitId, ...(from && to && { code: code as PeriodCode, from, to }) })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { from, to, unitId } = this.data
        const { items } = await call('board.officers', { from, to, unitId: unitId || undefined })
        this.showFromBeginning(items.map(officerLine))
        return items.length > 0
      })
    },
    choosePeriod(event: WechatMiniprogram.CustomEvent<Period & { code: PeriodCode }>) {
      this.setData(event.detail)
      void this.refresh()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { filter: ListFilter | null; title: string }>) {
      const { filter, title } = event.currentTarget.dataset
      if (filter) openFilter(filter, title)
    },
  },
})
