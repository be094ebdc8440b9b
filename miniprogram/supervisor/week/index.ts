// Which projects were offered their visit in a week: any filter of `visit.due`, as `?title=&filter=`.
import type { Chip } from '../../components/chips/index'
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { haveWords } from '../../services/words'
import { chipsOf, type DueLine, lineOf, spanOf } from './view'

type Filter = Partial<Input<'visit.due'>>

Component({
  behaviors: [listing],
  data: { filter: {} as Filter, chips: [] as Chip[], status: '', span: '' },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const filter: Filter = this.openedWith(query)
      this.setData({ filter, status: filter.status ?? '' })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { filter } = this.data
      const status = (this.data.status || undefined) as Filter['status']
      const { items, next, week } = await call('visit.due', { ...filter, status, cursor, limit })
      await haveWords()
      this.setData({ span: spanOf(week), chips: chipsOf() })
      return { items: items.map(lineOf), next }
    },
    choose({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ status: detail.value })
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { url } = this.data.items[currentTarget.dataset.index] as DueLine
      void wx.navigateTo({ url })
    },
  },
})
