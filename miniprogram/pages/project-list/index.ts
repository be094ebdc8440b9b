// The projects behind a number: any filter of `project.list`, as `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import { lineOf } from '../../components/project-card/view'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { start } from '../../services/session'

Component({
  behaviors: [listing],
  data: { filter: {} as Input<'project.list'> },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      this.setData({ filter: this.openedWith(query) })
    },
    async ask(cursor: string | undefined, limit: number) {
      await start()
      const { items, next } = await call('project.list', { ...this.data.filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
  },
})
