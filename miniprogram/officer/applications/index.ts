// 窗口工作台账: what came in at the window, by what is to be done with it. Takes `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { lineOf } from '../../services/applicationWords'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { start } from '../../services/session'
import { type Filter, filterOf, views } from './view'

/** Typing is waited for. */
const PAUSE_MS = 350
let pause: number | undefined

Component({
  behaviors: [page, loading, paged],
  data: { views, view: '', q: '', given: {} as Filter, isGiven: false },
  pageLifetimes: {
    show() {
      if (this.data.state !== 'loading') void this.refresh()
    },
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ given: filter, isGiven: Object.keys(filter).length > 0 })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      await start()
      const { given, view, q } = this.data
      const input = { ...given, ...filterOf(view), q: q.trim() || undefined, cursor, limit: 20 }
      const { items, next } = await call('application.list', input)
      return { items: items.map((item) => lineOf(item, true)), next }
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    choose({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ view: detail.value, state: 'loading' })
      void this.refresh()
    },
    type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ q: detail.value })
      if (pause !== undefined) clearTimeout(pause)
      pause = setTimeout(() => void this.refresh(), PAUSE_MS)
    },
    open({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      void wx.navigateTo({ url: `/officer/application/index?id=${detail.id}` })
    },
    receive() {
      void wx.navigateTo({ url: '/officer/application-receive/index' })
    },
  },
})
