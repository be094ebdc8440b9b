// All guides with their states, for those who keep them and those who watch. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { lineOf, type State, viewsOf } from './view'

type Filter = Partial<Input<'guide.list'>>

Component({
  behaviors: [listing],
  data: { views: viewsOf(), view: '', q: '' },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { state, q = '' }: Filter = this.openedWith(query)
      this.setData({ view: state ?? '', q })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { view, q } = this.data
      const state = (view || undefined) as State | undefined
      const { items, next } = await call('guide.list', { state, q: q.trim() || undefined, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    fetch() {
      // The words of the states may have come only now.
      this.setData({ views: viewsOf() })
      return this.fromBeginning()
    },
    type(event: WechatMiniprogram.Input) {
      this.anewAfterTyping({ q: event.detail.value })
    },
    clear() {
      void this.anew({ q: '' })
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/guide/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
