// Bad ratings being put right. Takes `?title=&filter=` as services/filters.ts writes them.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { openSubject } from '../../services/subjects'
import { lineOf, views } from './view'

type Filter = Partial<Input<'rectification.list'>>

Component({
  behaviors: [page, loading, paged],
  data: { views, view: 'open' as string, given: null as Filter | null, isReturn: false },
  pageLifetimes: {
    show() {
      // Something may have been done in the page that was opened from here.
      if (this.data.isReturn) void this.refresh()
      this.setData({ isReturn: true })
    },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      if (query.filter) this.setData({ given: filter })
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
      const { items, next } = await call('rectification.list', {
        ...((this.data.given ?? chosen) as Filter),
        cursor,
        limit: 20,
      })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      openSubject({ subjectKind: 'rectification', subjectId: event.currentTarget.dataset.id })
    },
  },
})
