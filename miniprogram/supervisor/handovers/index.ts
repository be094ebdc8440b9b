// Approvals handed over to enforcement (审管联动), month by month. Takes `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { lineOf, views } from './view'

type Filter = Partial<Input<'handover.list'>>
type View = (typeof views)[number]

/** Who hands over sees lists that are not; who acknowledges has some of their own. */
const viewsOf = (isSender: boolean): View[] =>
  views.filter(({ code }) => (isSender ? code !== 'awaits' : code !== 'open'))

Component({
  behaviors: [page, loading, paged],
  data: { views: [] as View[], view: 'all' as string, given: null as Filter | null, isReturn: false },
  pageLifetimes: {
    show() {
      if (this.data.isReturn) void this.refresh()
      this.setData({ isReturn: true })
    },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      if (query['filter']) this.setData({ given: filter })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      const chosen = views.find(({ code }) => code === this.data.view)?.filter ?? {}
      const filter = (this.data.given ?? chosen) as Filter
      const { items, next } = await call('handover.list', { ...filter, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(async () => {
        const role = currentRole(await start())
        this.setData({ views: viewsOf(['supervisor', 'clerk'].includes(role)) })
        return this.firstPage((cursor) => this.ask(cursor))
      })
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/handover/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
