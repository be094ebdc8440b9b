// Who takes it, who goes along, who stands in: the people of a unit with what they have in hand, one or several.
import { loading } from '../../../behaviors/loading'
import { dayText } from '../../../services/dates'
import { ownPosts, type Staff, staffOf, type Unit, units } from '../../services/known'

interface Line extends Staff {
  about: string
  away: string
  isOn: boolean
}

const lineOf = (staff: Staff, selected: string[]): Line => ({
  ...staff,
  about: [staff.title ?? '', staff.openCases > 0 ? `手上${staff.openCases}件` : '手上没有诉求']
    .filter(Boolean)
    .join(' · '),
  away: staff.awayUntil ? `外出到${dayText(staff.awayUntil)}` : '',
  isOn: selected.includes(staff.id),
})

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '选人' },
    /** Whose people come first; one's own unit without it. */
    unitId: { type: String, value: '' },
    isUnitFixed: { type: Boolean, value: false },
    isMultiple: { type: Boolean, value: false },
    /** Ids of posts. */
    selected: { type: Array, value: [] as string[] },
    /** Not to choose from. */
    except: { type: Array, value: [] as string[] },
  },
  data: {
    staff: [] as Staff[],
    lines: [] as Line[],
    unit: { id: '', name: '' },
    isChoosingUnit: false,
    units: [] as Unit[],
  },
  observers: {
    visible(isVisible: boolean) {
      if (isVisible) this.open()
    },
    'selected, except, staff'() {
      this.show()
    },
  },
  methods: {
    open() {
      const own = ownPosts()[0]?.unit
      const id = this.data.unitId || own?.id || ''
      this.setData({ isChoosingUnit: false, staff: [], unit: { id, name: id === own?.id ? own.name : '' } })
      this.fetch()
    },
    fetch() {
      void this.load(async () => {
        const { id } = this.data.unit
        const staff = await staffOf(id)
        this.setData({ staff, unit: { id, name: staff[0]?.unit.name ?? this.data.unit.name } })
        return this.data.lines.length > 0
      })
    },
    show() {
      const { staff, selected, except } = this.data
      const open = staff.filter(({ id }) => !except.includes(id))
      this.setData({ lines: open.map((one) => lineOf(one, selected)) })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const staff = this.data.lines[event.currentTarget.dataset.index]
      if (!staff) return
      this.triggerEvent('pick', { staff, isOn: !staff.isOn })
      if (!this.data.isMultiple) this.close()
    },
    chooseUnit() {
      this.setData({ isChoosingUnit: true })
      void this.load(async () => {
        this.setData({ units: await units() })
        return this.data.units.length > 0
      })
    },
    pickUnit(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const unit = this.data.units[event.currentTarget.dataset.index]
      if (!unit) return
      this.setData({ unit: { id: unit.id, name: unit.name }, isChoosingUnit: false, staff: [], state: 'loading' })
      this.fetch()
    },
    retry() {
      if (this.data.isChoosingUnit) this.chooseUnit()
      else this.fetch()
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
