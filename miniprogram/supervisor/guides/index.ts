// All guides with their states, for those who keep them and those who watch. Takes `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { lineOf, type State, viewsOf } from './view'

type Filter = Partial<Input<'guide.list'>>

const TYPING_MS = 400
let typing: ReturnType<typeof setTimeout>

Component({
  behaviors: [page, loading, paged],
  data: { views: viewsOf(), view: '', q: '', isReturn: false },
  pageLifetimes: {
    show() {
      if (this.data.isReturn) void this.refresh()
      this.setData({ isReturn: true })
    },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      const { state, q = '' }: Filter = filter
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ view: state ?? '', q })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      const { view, q } = this.data
      const state = (view || undefined) as State | undefined
      const { items, next } = await call('guide.list', { state, q: q.trim() || undefined, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(async () => {
        const hasAny = await this.firstPage((cursor) => this.ask(cursor))
        // The words of the states may have come only now.
        this.setData({ views: viewsOf() })
        return hasAny
      })
    },
    type(event: WechatMiniprogram.Input) {
      this.setData({ q: event.detail.value })
      clearTimeout(typing)
      typing = setTimeout(() => void this.refresh(), TYPING_MS)
    },
    clear() {
      clearTimeout(typing)
      this.setData({ q: '' })
      void this.refresh()
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/guide/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
