// Tips, by what is to be done with them. Takes `?view=` or `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import { call } from '../../services/call'
import { choicesOf } from '../../services/choices'
import { currentRole } from '../../services/hats'
import { start } from '../../services/session'
import { districts } from '../../services/words'
import { tipLine } from '../services/tipWords'
import { type Filter, filterOf, type Narrowing, narrowed, narrowingText, noNarrowing, views } from './view'

type Chosen = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: keyof Narrowing }>

Component({
  behaviors: [listing],
  data: {
    views,
    view: 'received' as string,
    q: '',
    given: null as Filter | null,
    /** What the list was asked with, for its export. */
    asked: {} as Filter,
    isHandler: false,
    isNarrowing: false,
    narrowing: noNarrowing,
    narrowedTo: '',
    violations: [] as { value: string; label: string }[],
    districts: [] as { id: string; name: string }[],
    yesNo: [
      { value: '', label: '不限' },
      { value: 'yes', label: '是' },
    ],
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      const view = query['view'] ?? 'received'
      if (view === 'priority') void wx.setNavigationBarTitle({ title: '重点信访事项' })
      this.setData({ view, ...(query['filter'] && { given: given as Filter }) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view, q, narrowing } = this.data
      const asked = { ...(given ?? filterOf(view)), ...narrowed(narrowing), ...(q.trim() && { q: q.trim() }) }
      if (cursor === undefined) this.setData({ asked })
      const { items, next } = await call('tip.list', { ...asked, cursor, limit })
      return { items: items.map(tipLine), next }
    },
    async fetch() {
      const me = await start()
      this.setData({
        isHandler: currentRole(me) === 'enforcer',
        violations: [{ value: '', label: '不限' }, ...choicesOf('violations')],
        districts: [{ id: '', name: '不限' }, ...districts().map(({ code, name }) => ({ id: code, name }))],
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
    openNarrowing() {
      this.setData({ isNarrowing: true })
    },
    closeNarrowing() {
      this.setData({ isNarrowing: false })
    },
    narrow({ detail, currentTarget }: Chosen) {
      const { name } = currentTarget.dataset
      const value = name === 'isMine' || name === 'isWanted' ? detail.value === 'yes' : detail.value
      this.setData({ [`narrowing.${name}`]: value })
    },
    widen() {
      this.closeNarrowing()
      void this.anew({ narrowing: noNarrowing, narrowedTo: '' })
    },
    apply() {
      this.closeNarrowing()
      void this.anew({ narrowedTo: narrowingText(this.data.narrowing) })
    },
  },
})
