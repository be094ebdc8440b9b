// Approvals handed over to enforcement (审管联动), month by month. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { lineOf, views } from './view'

type Filter = Partial<Input<'handover.list'>>
type View = (typeof views)[number]

/** Who hands over sees lists that are not; who acknowledges has some of their own. */
const viewsOf = (isSender: boolean): View[] => views.filter(({ value }) => value !== (isSender ? 'awaits' : 'open'))

Component({
  behaviors: [listing],
  data: { views: [] as View[], view: 'all' as string, given: null as Filter | null },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      if (query['filter']) this.setData({ given })
    },
    async ask(cursor: string | undefined, limit: number) {
      const chosen = views.find(({ value }) => value === this.data.view)?.filter ?? {}
      const filter = (this.data.given ?? chosen) as Filter
      const { items, next } = await call('handover.list', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    async fetch() {
      const role = currentRole(await start())
      this.setData({ views: viewsOf(['supervisor', 'clerk'].includes(role)) })
      return this.fromBeginning()
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/handover/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
