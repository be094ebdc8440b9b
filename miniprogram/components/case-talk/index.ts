// The conversation of a case, with its files, its events, and for staff the internal notes.
import type { CaseView } from '../../services/api'
import { type Line, talkOf } from './talk'

Component({
  properties: {
    case: { type: Object, value: {} as CaseView },
    isStaff: { type: Boolean, value: false },
  },
  data: { lines: [] as Line[], uncovered: [] as string[] },
  observers: {
    'case, isStaff, uncovered'(view: CaseView, isStaff: boolean, uncovered: string[]) {
      if (view.id) this.setData({ lines: talkOf(view, { isStaff, uncovered }) })
    },
  },
  methods: {
    uncover(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      this.setData({ uncovered: [...this.data.uncovered, event.currentTarget.dataset.id] })
    },
    stale() {
      this.triggerEvent('stale')
    },
  },
})
