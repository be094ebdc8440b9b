// Chooses who takes a case, with a reason; tells both as `choose` with `{ officerId, name, reason }`.
import { loading } from '../../../behaviors/loading'
import { call } from '../../../services/call'
import { dropDraft, keepDraft, readDraft } from '../../../services/drafts'
import { shortUnit } from '../../services/numbers'
import { type Choice, choicesOf } from './view'

const STAFF_AT_ONCE = 100

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    /** Of the case: its people are shown first. */
    unitId: { type: String, value: '' },
    /** Who has it now. */
    exceptId: { type: String, value: '' },
    /** The name of its draft. */
    form: { type: String, value: '' },
    isSending: { type: Boolean, value: false },
    /** A leader's choice ends at the branch. */
    isUnitFixed: { type: Boolean, value: false },
  },
  data: {
    choices: [] as Choice[],
    chosenId: '',
    reason: '',
    shownUnit: '',
    unitNames: [] as string[],
    unitIds: [] as string[],
    unitName: '',
  },
  observers: {
    visible(isVisible: boolean) {
      if (isVisible) void this.begin()
    },
  },
  methods: {
    async begin() {
      const { reason } = readDraft(this.data.form, { reason: '' }).fields
      this.setData({ reason, chosenId: '', shownUnit: this.data.unitId })
      await this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { shownUnit, exceptId } = this.data
        const [staff, units] = await Promise.all([
          call('staff.list', { unitId: shownUnit || undefined, isActive: true, limit: STAFF_AT_ONCE }),
          call('unit.list', {}),
        ])
        if (shownUnit !== this.data.shownUnit) return true
        const choosable = units.items.filter(({ kind }) => kind !== 'group')
        const choices = choicesOf(staff.items, exceptId)
        this.setData({
          choices,
          unitIds: choosable.map(({ id }) => id),
          unitNames: choosable.map(({ name }) => shortUnit(name)),
          unitName: shortUnit(choosable.find(({ id }) => id === shownUnit)?.name ?? '全部单位'),
        })
        return choices.length > 0
      })
    },
    chooseUnit(event: WechatMiniprogram.PickerChange) {
      this.setData({ shownUnit: this.data.unitIds[Number(event.detail.value)] ?? '', chosenId: '' })
      void this.refresh()
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      this.setData({ chosenId: event.currentTarget.dataset.id })
    },
    typeReason(event: WechatMiniprogram.TextareaInput) {
      const reason = event.detail.value
      this.setData({ reason })
      const { form } = this.data
      keepDraft(form, { ...readDraft(form, { reason: '' }), fields: { reason } })
    },
    confirm() {
      const { chosenId: officerId, choices, reason, isSending } = this.data
      if (isSending) return
      const chosen = choices.find(({ id }) => id === officerId)
      if (!chosen) void wx.showToast({ title: '请先选一个人', icon: 'none' })
      else this.triggerEvent('choose', { officerId, name: chosen.name, reason: reason.trim() })
    },
    /** For the page: it was done, what was typed is no longer needed. */
    done() {
      dropDraft(this.data.form)
    },
    close() {
      this.triggerEvent('close')
    },
    moved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.triggerEvent('close')
    },
  },
})
