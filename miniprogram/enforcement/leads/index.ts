// 超标线索: to the branch what it has to check and answer, to the enforcement team what is to be sent and closed. Takes `?title=&filter=&view=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { currentRole } from '../../services/hats'
import { newId } from '../../services/identifier'
import { start } from '../../services/session'
import { type LeadLine, lineOf } from '../services/leadWords'
import { emptyTextOf, type Filter, filterOf, viewsOf } from './view'

/** As many as are sent at once. */
const MOST_SENT = 100

type Tapped = WechatMiniprogram.TouchEvent<{}, {}, { id: string; index: number }>

Component({
  behaviors: [listing, sending],
  data: {
    isKeeper: false,
    views: viewsOf(false),
    view: '',
    q: '',
    given: null as Filter | null,
    filter: {} as Filter,
    emptyText: '',
    /** Ids of the leads chosen, to be sent together. */
    chosen: [] as string[],
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given = this.openedWith(query)
      this.setData({ view: query['view'] ?? '', given: query['filter'] ? (given as Filter) : null })
    },
    async fetch() {
      const role = currentRole(await start())
      const isKeeper = role === 'enforcer' || role === 'supervisor'
      const views = viewsOf(isKeeper)
      const view = this.data.view || (views[0]?.value ?? '')
      this.setData({ isKeeper, views, view, emptyText: emptyTextOf(view) })
      const hasAny = await this.fromBeginning()
      const shown = (this.data.items as LeadLine[]).map(({ id }) => id)
      this.setData({ chosen: this.data.chosen.filter((id) => shown.includes(id)) })
      return hasAny
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view, q, chosen } = this.data
      const filter = { ...(given ?? filterOf(view)), q: q.trim() || undefined }
      this.setData({ filter })
      const { items, next } = await call('lead.list', { ...filter, cursor, limit })
      return { items: items.map((item) => lineOf(item, chosen)), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const { value } = event.detail
      void this.anew({ view: value, chosen: [], emptyText: emptyTextOf(value) })
    },
    type(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.anewAfterTyping({ q: event.detail.value })
    },
    clearSearch() {
      void this.anew({ q: '' })
    },
    open(event: Tapped) {
      void wx.navigateTo({ url: `/enforcement/lead/index?id=${event.currentTarget.dataset.id}` })
    },
    create() {
      void wx.navigateTo({ url: '/enforcement/lead-new/index' })
    },
    importLeads() {
      void wx.navigateTo({ url: '/supervisor/import/index?of=leads' })
    },
    toggle(event: Tapped) {
      const { index } = event.currentTarget.dataset
      const { id, isOn } = this.data.items[index] as LeadLine
      const { chosen } = this.data
      if (!isOn && chosen.length >= MOST_SENT) {
        void wx.showToast({ title: `一次最多移交${MOST_SENT}条`, icon: 'none' })
        return
      }
      this.setData({
        [`items[${index}].isOn`]: !isOn,
        chosen: isOn ? chosen.filter((one) => one !== id) : [...chosen, id],
      })
    },
    /** All that are shown, or none. */
    toggleAll() {
      const items = this.data.items as LeadLine[]
      const able = items.filter(({ canSend }) => canSend).slice(0, MOST_SENT)
      const isAll = this.data.chosen.length >= able.length
      const chosen = isAll ? [] : able.map(({ id }) => id)
      const marks = items.map(({ id }, index) => [`items[${index}].isOn`, chosen.includes(id)] as const)
      this.setData({ ...Object.fromEntries(marks), chosen })
    },
    async sendChosen() {
      const ids = this.data.chosen
      const { confirm } = await wx.showModal({
        title: `移交${ids.length}条`,
        content: '移交给每条线索写的核查分局，期限从明天起算。',
        confirmText: '移交',
      })
      if (!confirm) return
      const isDone = await this.send(() => call('lead.send', { ids }, { key: newId() }))
      if (isDone) {
        this.setData({ chosen: [] })
        void wx.showToast({ title: `已移交${ids.length}条`, icon: 'none' })
      }
      void this.refresh()
    },
  },
})
