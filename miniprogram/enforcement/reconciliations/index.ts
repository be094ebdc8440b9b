// 每日对账: each day's bills, ours against WeChat's. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import type { Input, ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { dayText, weekdayText } from '../../services/dates'
import { yuanText } from '../../services/money'

type Filter = Partial<Input<'reconciliation.list'>>

function standing({
  isEqual,
  differences,
  settled,
}: Pick<ItemOf<'reconciliation.list'>, 'isEqual' | 'differences' | 'settled'>) {
  if (isEqual) return { tag: '相符', tone: 'good' }
  const open = differences - settled
  return open > 0 ? { tag: `${open}笔不符`, tone: 'bad' } : { tag: `${differences}笔不符，都说明了`, tone: 'warn' }
}

const lineOf = (day: ItemOf<'reconciliation.list'>) => ({
  id: day.id,
  day: weekdayText(day.on),
  ...standing(day),
  bills: `${day.bills}笔`,
  sums: `我方${yuanText(day.oursFen)}，对方${yuanText(day.theirsFen)}`,
  when: `${dayText(day.at)}对账`,
})

const views = [
  { value: 'different', text: '不符的', filter: { onlyDifferent: true } },
  { value: 'all', text: '全部', filter: {} },
]

Component({
  behaviors: [listing],
  data: { views, view: 'all' as string, given: null as Filter | null },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      this.setData({ view: query['view'] ?? 'all', ...(query['filter'] && { given: given as Filter }) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view } = this.data
      const filter: Filter = given ?? views.find(({ value }) => value === view)?.filter ?? {}
      const { items, next } = await call('reconciliation.list', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    choose({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: detail.value })
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/enforcement/reconciliation/index?id=${currentTarget.dataset.id}` })
    },
  },
})
