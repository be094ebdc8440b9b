// 诉求: an enterprise's own, an officer's work, or what a supervisor watches, by chips; searched by number or firm.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { type CaseChip, type CaseRole, caseChips, searchHint } from '../../services/caseChips'
import { currentHat, currentRole } from '../../services/hats'
import { start } from '../../services/session'

type Input = WechatMiniprogram.CustomEvent<{ value: string }>

const PAGE = 20
const MOST = 100
const SEARCH_AFTER_MS = 400
const everyUnit = { id: '', name: '全部单位' }
let searching = 0

Component({
  behaviors: [page, loading, paged],
  data: {
    role: '' as CaseRole | '',
    isStaff: false,
    chips: [] as CaseChip[],
    chip: '',
    emptyTitle: '',
    emptyText: '',
    q: '',
    searchHint: '',
    units: [everyUnit],
    unit: 0,
    /** What the list was asked with, for its export. */
    asked: {},
  },
  methods: {
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage(this.asker(PAGE))
    },
    refresh() {
      return this.load(async () => {
        await this.settle()
        // Whoever comes back from one of the later pages finds them again.
        const limit = Math.min(MOST, Math.max(PAGE, this.data.items.length))
        return this.firstPage(this.asker(limit))
      })
    },
    /** Which lists there are follows who uses the phone, and in which capacity today. */
    async settle() {
      const me = await start()
      const hat = currentHat(me)
      const current = currentRole(me)
      const isWatching = current === 'leader' || current === 'supervisor'
      const role: CaseRole = isWatching || current === 'officer' ? current : 'enterprise'
      if (role === this.data.role) return
      const chips = caseChips[role]
      this.setData({ role, chips, isStaff: hat !== 'enterprise', searchHint: searchHint[role], items: [] })
      this.choose(chips[0]?.value ?? '')
      if (role === 'supervisor') void this.loadUnits()
    },
    async loadUnits() {
      const { items } = await call('unit.list', {}).catch(() => ({ items: [] }))
      const units = items.filter(({ kind }) => kind !== 'group').map(({ id, name }) => ({ id, name }))
      this.setData({ units: [everyUnit, ...units] })
    },
    choose(chip: string) {
      const { emptyTitle = '', emptyText = '' } = this.data.chips.find(({ value }) => value === chip) ?? {}
      this.setData({ chip, emptyTitle, emptyText })
    },
    /** As asked for now; what is chosen later is another list. */
    asker(limit: number) {
      const { chips, chip, q, units, unit } = this.data
      const filter = chips.find(({ value }) => value === chip)?.filter ?? {}
      const unitId = units[unit]?.id
      const input = { ...filter, ...(q && { q }), ...(unitId && { unitId }) }
      this.setData({ asked: input })
      return (cursor?: string) => call('case.list', { ...input, cursor, limit: cursor ? PAGE : limit })
    },
    anew() {
      this.setData({ state: 'loading', items: [], next: null })
      void this.refresh()
    },
    onChip(event: Input) {
      this.choose(event.detail.value)
      this.anew()
    },
    onUnit(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ unit: Number(event.detail.value) })
      this.anew()
    },
    onSearch(event: Input) {
      this.setData({ q: event.detail.value.trim() })
      clearTimeout(searching)
      searching = setTimeout(() => this.anew(), SEARCH_AFTER_MS)
    },
    clearSearch() {
      clearTimeout(searching)
      this.setData({ q: '' })
      this.anew()
    },
    ask() {
      void wx.navigateTo({ url: '/pages/help/index' })
    },
  },
})
