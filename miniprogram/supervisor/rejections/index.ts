// 否决事项备案: what was refused, with its basis and the two persons. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { openSubject } from '../../services/subjects'
import { lineOf, views } from './view'

type Filter = Partial<Input<'rejection.list'>>

Component({
  behaviors: [listing],
  data: { views, view: '' as string, given: {} as Filter },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given: Filter = this.openedWith(query)
      this.setData({ given, view: given.kind ?? '' })
    },
    async ask(cursor: string | undefined, limit: number) {
      const kind = (this.data.view || undefined) as Filter['kind']
      const { items, next } = await call('rejection.list', { ...this.data.given, kind, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    openCase(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      openSubject({ subjectKind: 'case', subjectId: event.currentTarget.dataset.id })
    },
  },
})
