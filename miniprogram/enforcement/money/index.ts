// 资金台账: what was reserved, paid and released, with the totals of a year. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import type { Input, ItemOf, Output } from '../../services/api'
import { call } from '../../services/call'
import { choicesOf } from '../../services/choices'
import { dayText, today } from '../../services/dates'
import { yuanText } from '../../services/money'
import { wordFor } from '../../services/words'

type Filter = Partial<Input<'money.list'>>
type Kind = ItemOf<'money.list'>['kind']

const tones: Record<Kind, string> = { reserved: 'info', released: '', paid: 'good' }

const lineOf = (entry: ItemOf<'money.list'>) => ({
  id: entry.id,
  rewardId: entry.rewardId,
  amount: yuanText(entry.amountFen),
  tag: wordFor('moneyKinds', entry.kind),
  tone: tones[entry.kind],
  about: [dayText(entry.on), entry.tipNumber, wordFor('channels', entry.channel)].filter(Boolean).join(' · '),
  reference: entry.reference ?? '',
})

const totalsOf = (totals: Output<'money.totals'>) => [
  { name: '批准', text: yuanText(totals.reservedFen), note: `${totals.rewards}笔` },
  { name: '已付', text: yuanText(totals.paidFen), note: `${totals.paid}笔` },
  { name: '释放', text: yuanText(totals.releasedFen), note: '放弃、逾期、撤回的' },
  { name: '占用', text: yuanText(totals.openFen), note: '批准了还没有付的' },
]

const FIRST_YEAR = 2026

Component({
  behaviors: [listing],
  data: {
    kinds: [] as { value: string; text: string }[],
    kind: '' as Kind | '',
    given: null as Filter | null,
    year: 0,
    years: [] as { value: string; text: string }[],
    totals: [] as ReturnType<typeof totalsOf>,
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      const thisYear = Number(today().slice(0, 4))
      const years = Array.from({ length: Math.max(1, thisYear - FIRST_YEAR + 1) }, (_, back) => {
        const year = String(thisYear - back)
        return { value: year, text: `${year}年` }
      })
      this.setData({ year: thisYear, years, ...(query['filter'] && { given: given as Filter }) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, kind, year } = this.data
      const filter = given ?? { from: `${year}-01-01`, to: `${year}-12-31`, ...(kind && { kind }) }
      const { items, next } = await call('money.list', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    async fetch() {
      const { given, year } = this.data
      const totals = given ? null : await call('money.totals', { year })
      this.setData({
        kinds: [
          { value: '', text: '全部' },
          ...choicesOf('moneyKinds').map(({ value, label }) => ({ value, text: label })),
        ],
        totals: totals ? totalsOf(totals) : [],
      })
      await this.fromBeginning()
      // The totals of a year in which nothing was paid are worth seeing, too.
      return totals !== null || this.data.items.length > 0
    },
    choose({ detail }: WechatMiniprogram.CustomEvent<{ value: Kind | '' }>) {
      void this.anew({ kind: detail.value })
    },
    chooseYear({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ year: Number(detail.value) })
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/enforcement/reward/index?id=${currentTarget.dataset.id}` })
    },
  },
})
