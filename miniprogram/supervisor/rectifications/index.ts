// Bad ratings being put right. Takes `?title=&filter=` as services/filters.ts writes them.
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { openSubject } from '../../services/subjects'
import { lineOf, views } from './view'

type Filter = Partial<Input<'rectification.list'>>

Component({
  behaviors: [listing],
  data: { views, view: 'open' as string, given: null as Filter | null },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given: Filter = this.openedWith(query)
      if (query.filter) this.setData({ given })
    },
    async ask(cursor: string | undefined, limit: number) {
      const chosen = views.find(({ value }) => value === this.data.view)?.filter ?? {}
      const { items, next } = await call('rectification.list', {
        ...((this.data.given ?? chosen) as Filter),
        cursor,
        limit,
      })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      openSubject({ subjectKind: 'rectification', subjectId: event.currentTarget.dataset.id })
    },
  },
})
