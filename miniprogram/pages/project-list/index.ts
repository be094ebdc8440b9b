// The projects behind a number: any filter of `project.list`, as `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { lineOf } from '../../components/project-card/view'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { start } from '../../services/session'

Component({
  behaviors: [page, loading, paged],
  data: { filter: {} as Input<'project.list'> },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ filter })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    refresh() {
      return this.load(async () => {
        await start()
        return this.firstPage((cursor) => this.ask(cursor))
      })
    },
    async ask(cursor?: string) {
      const { items, next } = await call('project.list', { ...this.data.filter, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
  },
})
