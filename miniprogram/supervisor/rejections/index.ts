// 否决事项备案: what was refused, with its basis and the two persons. Takes `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { openSubject } from '../../services/subjects'
import { lineOf, views } from './view'

type Filter = Partial<Input<'rejection.list'>>

Component({
  behaviors: [page, loading, paged],
  data: { views, view: '' as string, given: {} as Filter, asked: {} as Filter },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      const given: Filter = filter
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ given, view: given.kind ?? '' })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      const kind = (this.data.view || undefined) as Filter['kind']
      const asked = { ...this.data.given, kind }
      if (cursor === undefined) this.setData({ asked })
      const { items, next } = await call('rejection.list', { ...asked, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
    },
    openCase(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      openSubject({ subjectKind: 'case', subjectId: event.currentTarget.dataset.id })
    },
  },
})
