// Whether the trail is whole, and jobs that have given up: to look at, nothing is changed here.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { type JobState, jobOf, nothingYet, views, withStretch } from './view'

Component({
  behaviors: [page, loading, paged, sending],
  data: { views, view: 'dead' as JobState, proof: nothingYet, isProven: false },
  methods: {
    onLoad() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      const { items, next } = await call('job.list', { state: this.data.view, cursor, limit: 20 })
      return { items: items.map(jobOf), next }
    },
    refresh() {
      return this.load(async () => {
        await this.firstPage((cursor) => this.ask(cursor))
        return true
      })
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: JobState }>) {
      this.setData({ view: event.currentTarget.dataset.code })
      void this.refresh()
    },
    /** Stretch by stretch to the end, with what was found so far shown. */
    prove() {
      return this.send(async () => {
        let proof = nothingYet
        let cursor: string | undefined
        this.setData({ proof, isProven: false })
        do {
          const stretch = await call('audit.verify', { cursor })
          proof = withStretch(proof, stretch)
          this.setData({ proof })
          cursor = stretch.next ?? undefined
        } while (cursor !== undefined)
        this.setData({ isProven: true })
      })
    },
  },
})
