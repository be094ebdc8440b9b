// Rewards, by where they stand. Takes `?view=` or `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { rewardLine } from '../services/rewardWords'
import { type Filter, filterOf, views } from './view'

Component({
  behaviors: [listing],
  data: {
    views,
    view: '' as string,
    q: '',
    given: null as Filter | null,
    /** What the list was asked with, for its export. */
    asked: {} as Filter,
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      this.setData({ view: query['view'] ?? '', ...(query['filter'] && { given: given as Filter }) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view, q } = this.data
      const asked = { ...(given ?? filterOf(view)), ...(q.trim() && { q: q.trim() }) }
      if (cursor === undefined) this.setData({ asked })
      const { items, next } = await call('reward.list', { ...asked, cursor, limit })
      return { items: items.map(rewardLine), next }
    },
    async fetch() {
      const role = currentRole(await start())
      const isWatching = role === 'supervisor'
      // Nothing waits for who only watches.
      this.setData({
        views: views.filter(({ value }) => !isWatching || value !== 'awaits'),
        view: this.data.view || (isWatching ? 'all' : 'awaits'),
      })
      return this.fromBeginning()
    },
    choose({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: detail.value })
    },
    type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.anewAfterTyping({ q: detail.value })
    },
    clear() {
      void this.anew({ q: '' })
    },
  },
})
