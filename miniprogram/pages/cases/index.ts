// 诉求: an enterprise's own, an officer's work, or what a supervisor watches, by chips; searched by number or firm.
import { listing } from '../../behaviors/listing'
import { call } from '../../services/call'
import { type CaseChip, type CaseRole, caseChips, searchHint } from '../../services/caseChips'
import { currentHat, currentRole } from '../../services/hats'
import { start } from '../../services/session'

type Input = WechatMiniprogram.CustomEvent<{ value: string }>

const everyUnit = { id: '', name: '全部单位' }

Component({
  behaviors: [listing],
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
    async fetch() {
      await this.settle()
      return this.fromBeginning()
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
    ask(cursor: string | undefined, limit: number) {
      const { chips, chip, q, units, unit } = this.data
      const filter = chips.find(({ value }) => value === chip)?.filter ?? {}
      const unitId = units[unit]?.id
      const asked = { ...filter, ...(q && { q }), ...(unitId && { unitId }) }
      if (cursor === undefined) this.setData({ asked })
      return call('case.list', { ...asked, cursor, limit })
    },
    onChip(event: Input) {
      this.choose(event.detail.value)
      void this.anew({})
    },
    onUnit(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ unit: Number(event.detail.value) })
    },
    onSearch(event: Input) {
      this.anewAfterTyping({ q: event.detail.value.trim() })
    },
    clearSearch() {
      void this.anew({ q: '' })
    },
    help() {
      void wx.navigateTo({ url: '/pages/help/index' })
    },
  },
})
