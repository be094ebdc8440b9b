// The projects: a firm's own with its three officers, or the ledger that the bureau keeps of all.
import { listing } from '../../behaviors/listing'
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

/** Whose branch it is, the server knows: these see several. */
const hatsOfAllUnits: readonly Hat[] = ['supervisor', 'clerk']

Component({
  behaviors: [listing],
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
  methods: {
    async fetch() {
      const me = await start()
      const hat = currentHat(me)
      const isStaff = hat !== 'enterprise'
      // Somebody may have changed to another role.
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
      const hasAny = await this.fromBeginning()
      // The search box stays above an empty ledger.
      return isStaff || hasAny
    },
    async ask(cursor: string | undefined, limit: number) {
      const { isStaff, filter, enterpriseId } = this.data
      const asked = isStaff ? inputOf(filter) : { enterpriseId: enterpriseId || undefined }
      if (cursor === undefined) this.setData({ asked })
      const { items, next } = await call('project.list', { ...asked, cursor, limit })
      return { items: isStaff ? items.map(ledgerLineOf) : items.map(ownLineOf), next }
    },
    async loadUnits() {
      if (this.data.units.length > 0) return
      const { items } = await call('unit.list', {}).catch(() => ({ items: [] }))
      this.setData({ units: items.filter(({ kind }) => kind === 'branch').map(({ id, name }) => ({ id, name })) })
    },
    chooseFirm(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ enterpriseId: event.detail.value })
    },
    /** Shows the choice at once, then asks for what it finds. */
    apply(filter: Filter) {
      void this.anew({ filter, groups: filterGroups(filter, this.data.units), chosen: countOf(filter) })
    },
    chooseBook(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.apply({ ...this.data.filter, book: event.detail.value })
    },
    search(event: WechatMiniprogram.Input) {
      this.anewAfterTyping({ filter: { ...this.data.filter, q: event.detail.value } })
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
    openBind() {
      void wx.navigateTo({ url: '/pages/bind/index' })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/project/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
