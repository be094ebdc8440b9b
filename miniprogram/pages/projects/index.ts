// The projects: a firm's own with its three officers, or the ledger that the bureau keeps of all.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { type FirmChip, firmChoice, standingOf } from '../../services/firms'
import { currentHat, type Hat } from '../../services/hats'
import { start } from '../../services/session'
import {
  bookChips,
  countOf,
  emptyFor,
  type Filter,
  filterGroups,
  inputOf,
  ledgerLineOf,
  noFilter,
  ownLineOf,
  toggled,
} from './view'

/** A firm's projects are read whole, with their three officers: few at a time. */
const OWN_AT_ONCE = 5
const SEARCH_AFTER_MS = 400

/** Whose branch it is, the server knows: these see several. */
const hatsOfAllUnits: readonly Hat[] = ['supervisor', 'clerk']

let typing = 0

Component({
  behaviors: [page, loading, paged],
  data: {
    isStaff: false,
    /** What the list was asked with, for its export. */
    asked: {} as ReturnType<typeof inputOf>,
    firms: [] as FirmChip[],
    enterpriseId: '',
    empty: emptyFor.none,
    filter: noFilter,
    books: [] as ReturnType<typeof bookChips>,
    groups: [] as ReturnType<typeof filterGroups>,
    chosen: 0,
    isFiltering: false,
    units: [] as { id: string; name: string }[],
  },
  pageLifetimes: {
    show() {
      // On every return: somebody may have moved a project on, or changed to another role.
      void this.refresh()
    },
  },
  methods: {
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    refresh() {
      return this.load(async () => {
        const me = await start()
        const hat = currentHat(me)
        const isStaff = hat !== 'enterprise'
        if (isStaff !== this.data.isStaff) this.setData({ items: [], next: null })
        const standing = standingOf(me)
        this.setData({
          isStaff,
          ...firmChoice(me, this.data.enterpriseId),
          empty: emptyFor[standing],
          books: isStaff ? bookChips() : [],
        })
        void wx.setNavigationBarTitle({ title: isStaff ? '重大项目台账' : '我的项目' })
        if (isStaff && hatsOfAllUnits.includes(hat)) void this.loadUnits()
        if (!isStaff && standing !== 'verified') return false
        const hasAny = await this.firstPage((cursor) => this.ask(cursor))
        // The search box stays above an empty ledger.
        return isStaff || hasAny
      })
    },
    async ask(cursor?: string) {
      const { isStaff, filter, enterpriseId, items, next } = this.data
      if (!isStaff) {
        const input = { enterpriseId: enterpriseId || undefined, cursor, limit: OWN_AT_ONCE }
        const found = await call('project.list', input)
        const whole = await Promise.all(found.items.map(({ id }) => call('project.read', { id })))
        return { items: whole.map(ownLineOf), next: found.next }
      }
      const asked = inputOf(filter)
      if (cursor === undefined) this.setData({ asked })
      const found = await call('project.list', { ...asked, cursor, limit: 20 })
      // Something else is wanted by now, and asked for: this answer comes too late.
      if (filter !== this.data.filter) return { items, next }
      return { items: found.items.map(ledgerLineOf), next: found.next }
    },
    async loadUnits() {
      if (this.data.units.length > 0) return
      const { items } = await call('unit.list', {}).catch(() => ({ items: [] }))
      this.setData({ units: items.filter(({ kind }) => kind === 'branch').map(({ id, name }) => ({ id, name })) })
    },
    chooseFirm(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ enterpriseId: event.detail.value })
      void this.refresh()
    },
    /** Shows the choice at once, then asks for what it finds. */
    apply(filter: Filter) {
      this.setData({
        filter,
        groups: filterGroups(filter, this.data.units),
        chosen: countOf(filter),
      })
      void this.refresh()
    },
    chooseBook(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.apply({ ...this.data.filter, book: event.detail.value })
    },
    search(event: WechatMiniprogram.Input) {
      const q = event.detail.value
      clearTimeout(typing)
      typing = setTimeout(() => this.apply({ ...this.data.filter, q }), SEARCH_AFTER_MS)
    },
    openFilters() {
      this.setData({ isFiltering: true, groups: filterGroups(this.data.filter, this.data.units) })
    },
    closeFilters() {
      this.setData({ isFiltering: false })
    },
    visibleChange(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      this.setData({ isFiltering: event.detail.visible })
    },
    toggle(event: WechatMiniprogram.TouchEvent<{}, {}, { field: string; code: string }>) {
      const { field, code } = event.currentTarget.dataset
      this.apply(toggled(this.data.filter, field, code))
    },
    clearFilters() {
      const { book, q } = this.data.filter
      this.apply({ ...noFilter, book, q })
    },
    followEmpty() {
      void wx.navigateTo({ url: this.data.empty.url })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/project/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
