// 诉求: an enterprise's own, an officer's work, or what a supervisor watches, by chips; searched by number or firm.
import { blocks } from '../../behaviors/blocks'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { type CaseChip, type CaseRole, caseChips, searchHint } from '../../services/caseChips'
import { currentHat, currentRole } from '../../services/hats'
import { start } from '../../services/session'

type Input = WechatMiniprogram.CustomEvent<{ value: string }>

const SEARCH_AFTER_MS = 400
const everyUnit = { id: '', name: '全部单位' }
let searching = 0

Component({
  behaviors: [page, loading, blocks],
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
  },
  methods: {
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextBlock(this.asker())
    },
    refresh() {
      return this.load(async () => {
        await this.settle()
        return this.firstBlocks(this.asker())
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
      this.setData({ role, chips, isStaff: hat !== 'enterprise', searchHint: searchHint[role] })
      this.empty()
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
    asker() {
      const { chips, chip, q, units, unit } = this.data
      const filter = chips.find(({ value }) => value === chip)?.filter ?? {}
      const unitId = units[unit]?.id
      const input = { ...filter, ...(q && { q }), ...(unitId && { unitId }) }
      return (cursor: string | undefined, limit: number) => call('case.list', { ...input, cursor, limit })
    },
    anew() {
      this.setData({ state: 'loading' })
      this.empty()
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
