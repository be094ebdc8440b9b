// By when a case is due and how long is left, with the days that do not count behind a tap.
import { type Clock, type Deadline, deadlineOf, explained } from './view'

Component({
  properties: {
    clock: { type: Object, value: {} as Clock },
    state: { type: String, value: 'assigned' },
    closesOn: { type: String, value: '' },
    isStaff: { type: Boolean, value: false },
  },
  data: {
    shown: null as Deadline | null,
    why: { rule: [], days: [] } as ReturnType<typeof explained>,
    isOpen: false,
  },
  observers: {
    'clock, state, closesOn, isStaff'(clock: Clock, state: 'assigned', closesOn: string, isStaff: boolean) {
      if (!clock.dueOn) return
      const shown = deadlineOf(clock, { state, closesOn: closesOn || null, isStaff })
      this.setData({ shown, why: explained(clock) })
    },
  },
  methods: {
    open() {
      this.setData({ isOpen: true })
    },
    close() {
      this.setData({ isOpen: false })
    },
    change(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      this.setData({ isOpen: event.detail.visible })
    },
  },
})
