// Whether the trail is whole, and jobs that have given up: to look at, nothing is changed here.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { type JobState, jobOf, nothingYet, views, withStretch } from './view'

Component({
  behaviors: [listing, sending],
  data: { views, view: 'dead' as JobState, proof: nothingYet, isProven: false },
  methods: {
    async ask(cursor: string | undefined, limit: number) {
      const { items, next } = await call('job.list', { state: this.data.view, cursor, limit })
      return { items: items.map(jobOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: JobState }>) {
      void this.anew({ view: event.detail.value })
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
