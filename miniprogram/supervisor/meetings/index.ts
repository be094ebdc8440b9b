// Progress meetings (推进会), newest first. Takes `?title=&filter=` as services/filters.ts writes them.
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { lineOf, views } from './view'

type Filter = Partial<Input<'meeting.list'>>

Component({
  behaviors: [listing],
  data: { views, view: 'all' as string, given: null as Filter | null, canPlan: false },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      if (query['filter']) this.setData({ given })
    },
    async ask(cursor: string | undefined, limit: number) {
      const chosen = views.find(({ value }) => value === this.data.view)?.filter ?? {}
      const filter = (this.data.given ?? chosen) as Filter
      const { items, next } = await call('meeting.list', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    async fetch() {
      const role = currentRole(await start())
      this.setData({ canPlan: ['leader', 'supervisor', 'clerk'].includes(role) })
      return this.fromBeginning()
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/meeting/index?id=${event.currentTarget.dataset.id}` })
    },
    plan() {
      void wx.navigateTo({ url: '/officer/meeting-plan/index' })
    },
  },
})
