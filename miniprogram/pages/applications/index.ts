// 我的办件: what the firm has applied for at the window, with what is missing and until when.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { lineOf } from '../../services/applicationWords'
import { call } from '../../services/call'
import { start } from '../../services/session'
import { openSubject } from '../../services/subjects'

Component({
  behaviors: [page, loading, paged],
  pageLifetimes: {
    show() {
      void this.refresh()
    },
  },
  methods: {
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      await start()
      const { items, next } = await call('application.list', { cursor, limit: 20 })
      return { items: items.map((item) => lineOf(item, false)), next }
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    open({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      openSubject({ subjectKind: 'application', subjectId: detail.id })
    },
  },
})
