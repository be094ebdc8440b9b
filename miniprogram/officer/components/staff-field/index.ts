// Who of the bureau goes: oneself first, colleagues added from the roster.
import type { Official } from '../../../services/visitRecord'
import type { Staff } from '../../../services/roster'
import { asOfficial } from '../../services/known'

Component({
  properties: {
    staff: { type: Array, value: [] as Official[] },
    error: { type: String, value: '' },
  },
  data: { isOpen: false, selected: [] as string[] },
  observers: {
    staff(staff: Official[]) {
      this.setData({ selected: staff.map(({ postId }) => postId) })
    },
  },
  methods: {
    open() {
      this.setData({ isOpen: true })
    },
    close() {
      this.setData({ isOpen: false })
    },
    pick({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff; isOn: boolean }>) {
      const { staff, isOn } = detail
      const others = (this.data.staff as Official[]).filter(({ postId }) => postId !== staff.id)
      this.triggerEvent('change', { staff: isOn ? [...others, asOfficial(staff)] : others })
    },
    drop(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      this.triggerEvent('change', { staff: (this.data.staff as Official[]).filter(({ postId }) => postId !== id) })
    },
  },
})
