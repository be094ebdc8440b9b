// Chooses the days that figures are for; tells every choice as `change` with `{ code, from, to }`.
import { dayText, today } from '../../../services/dates'
import { type PeriodCode, periodOf, periods, withDay } from '../../services/period'

Component({
  properties: {
    code: { type: String, value: 'month' },
    from: { type: String, value: '' },
    to: { type: String, value: '' },
  },
  data: { periods, today: today(), fromText: '', toText: '' },
  observers: {
    'from, to'(from: string, to: string) {
      this.setData({ fromText: dayText(from), toText: dayText(to) })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.CustomEvent<{ value: PeriodCode }>) {
      const { value: code } = event.detail
      const { from, to } = this.data
      this.triggerEvent('change', { code, ...periodOf(code, today(), { from, to }) })
    },
    chooseDay(event: WechatMiniprogram.PickerChange<{}, { end: 'from' | 'to' }>) {
      const { end } = event.currentTarget.dataset
      const { from, to } = this.data
      this.triggerEvent('change', { code: 'own', ...withDay({ from, to }, end, String(event.detail.value)) })
    },
  },
})
