// Progress meetings (推进会), newest first. Takes `?title=&filter=` as services/filters.ts writes them.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { lineOf, views } from './view'

type Filter = Partial<Input<'meeting.list'>>

Component({
  behaviors: [page, loading, paged],
  data: { views, view: 'all' as string, given: null as Filter | null, canPlan: false, isReturn: false },
  pageLifetimes: {
    show() {
      // Something may have been planned or recorded in the page that was opened from here.
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
      const { items, next } = await call('meeting.list', { ...filter, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(async () => {
        const role = currentRole(await start())
        this.setData({ canPlan: ['leader', 'supervisor', 'clerk'].includes(role) })
        return this.firstPage((cursor) => this.ask(cursor))
      })
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/meeting/index?id=${event.currentTarget.dataset.id}` })
    },
    plan() {
      void wx.navigateTo({ url: '/officer/meeting-plan/index' })
    },
  },
})
