// The history of a project's entry: who, when, which column, from what to what.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { start } from '../../services/session'
import { lineOf } from './view'

Component({
  behaviors: [page, loading, paged],
  data: { id: '' },
  methods: {
    onLoad({ id = '' }: { id?: string }) {
      this.setData({ id })
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
      const { items, next } = await call('project.history', { id: this.data.id, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
  },
})
