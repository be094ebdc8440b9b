// Who looks after it: the officer by name, with the unit, a number to call, and for whom they stand in.
import { dial, isNumber } from '../../services/phone'

Component({
  properties: {
    /** Above the name, such as 承办人. */
    label: { type: String, value: '您的包保服务专员' },
    name: { type: String, value: '' },
    title: { type: String, value: '' },
    unit: { type: String, value: '' },
    phone: { type: String, value: '' },
    /** The name of who is away, where this officer stands in. */
    standInFor: { type: String, value: '' },
    /** What is shown where nobody has been named yet. */
    nobody: { type: String, value: '还没有指定，定下来就告诉您' },
    /** Without a card of its own, within another. */
    plain: { type: Boolean, value: false },
  },
  data: { canCall: false, where: '' },
  observers: {
    'phone, unit, title'(phone: string, unit: string, title: string) {
      this.setData({ canCall: isNumber(phone), where: [unit, title].filter(Boolean).join(' · ') })
    },
  },
  methods: {
    dial() {
      dial(this.data.phone)
    },
  },
})
