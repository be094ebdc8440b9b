// How much each branch and office has in hand, in the order chosen.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { type ListFilter, openFilter } from '../../services/filters'
import { columns, type NumberLine, unitLine } from '../services/people'
import { type Period, type PeriodCode, periodOf } from '../services/period'

const orders = [
  { key: 'overdue', word: '按超期' },
  { key: 'open', word: '按在办' },
  { key: 'average', word: '按用时' },
]

const numberIn = (line: NumberLine, key: string) =>
  Number.parseFloat(line.cells.find((cell) => cell.key === key)?.text ?? '') || 0
const sorted = (lines: readonly NumberLine[], key: string) =>
  [...lines].sort((one, other) => numberIn(other, key) - numberIn(one, key))

Component({
  behaviors: [page, loading],
  data: {
    columns,
    orders,
    order: 'overdue',
    code: 'month' as PeriodCode,
    ...periodOf('month', today(), { from: '', to: '' }),
    lines: [] as NumberLine[],
  },
  methods: {
    onLoad({ code = 'month', from = '', to = '' }: Record<string, string | undefined>) {
      if (from && to) this.setData({ code: code as PeriodCode, from, to })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { from, to, order } = this.data
        const { items } = await call('board.units', { from, to })
        this.setData({ lines: sorted(items.map(unitLine), order) })
        return items.length > 0
      })
    },
    choosePeriod(event: WechatMiniprogram.CustomEvent<Period & { code: PeriodCode }>) {
      this.setData(event.detail)
      void this.refresh()
    },
    sort(event: WechatMiniprogram.TouchEvent<{}, {}, { key: string }>) {
      const { key } = event.currentTarget.dataset
      this.setData({ order: key, lines: sorted(this.data.lines, key) })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { filter: ListFilter | null; title: string }>) {
      const { filter, title } = event.currentTarget.dataset
      if (filter) openFilter(filter, title)
    },
  },
})
