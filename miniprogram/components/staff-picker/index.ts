// Who takes it, who goes along, who stands in: the people of a unit with what they have in hand, one or several.
import { loading } from '../../behaviors/loading'
import { ownPosts, type Staff, staffOf, type Unit, units } from '../../services/roster'
import { type Line, linesOf } from './view'

Component({
  options: { multipleSlots: true },
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '选人' },
    /** Whose people come first; one's own unit without it. */
    unitId: { type: String, value: '' },
    isUnitFixed: { type: Boolean, value: false },
    isMultiple: { type: Boolean, value: false },
    /** One is chosen, and said so; what is to be done then stands in the slot `foot`. */
    stays: { type: Boolean, value: false },
    /** Ids of posts. */
    selected: { type: Array, value: [] as string[] },
    /** Not to choose from. */
    except: { type: Array, value: [] as string[] },
    /** Roles to choose from; whoever handles things without them. */
    roles: { type: Array, value: [] as string[] },
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
    'selected, except, roles, staff'() {
      const { staff, selected, except, roles } = this.data
      this.setData({ lines: linesOf(staff, { selected, except, roles }) })
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
        // Another unit was chosen meanwhile.
        if (id !== this.data.unit.id) return this.data.lines.length > 0
        this.setData({ staff, unit: { id, name: staff[0]?.unit.name ?? this.data.unit.name } })
        return this.data.lines.length > 0
      })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const staff = this.data.lines[event.currentTarget.dataset.index]
      if (!staff) return
      this.triggerEvent('pick', { staff, isOn: !staff.isOn })
      if (!this.data.isMultiple && !this.data.stays) this.close()
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
