// The history of a project's entry: who, when, which column, from what to what.
import { listing } from '../../behaviors/listing'
import { call } from '../../services/call'
import { start } from '../../services/session'
import { lineOf } from './view'

Component({
  behaviors: [listing],
  data: { id: '' },
  methods: {
    onLoad({ id = '' }: { id?: string }) {
      this.setData({ id })
    },
    async ask(cursor: string | undefined, limit: number) {
      await start()
      const { items, next } = await call('project.history', { id: this.data.id, cursor, limit })
      return { items: items.map(lineOf), next }
    },
  },
})
