// What has happened so far, the latest first: who did what and when, what was said, and the files.
import type { FileView } from '../../../services/api'

export interface Step {
  id: string
  what: string
  by: string
  when: string
  text: string
  files: FileView[]
  /** Only staff read it. */
  isInternal: boolean
}

Component({
  properties: {
    steps: { type: Array, value: [] as Step[] },
  },
  methods: {
    stale() {
      this.triggerEvent('stale')
    },
  },
})
