// A case in a list: state and time left in words, whose it is and who has it; a tap opens it.
import type { CaseItem } from '../../services/api'
import { openSubject } from '../../services/subjects'
import { lineOf } from './line'
import { currentMe } from '../../services/session'

const ownPosts = () => (currentMe()?.posts ?? []).map(({ id }) => id)

Component({
  properties: {
    item: { type: Object, value: {} as CaseItem },
    /** Staff read whose it is; the enterprise is told what it is waited for. */
    isStaff: { type: Boolean, value: false },
  },
  data: { line: null as ReturnType<typeof lineOf> | null },
  observers: {
    'item, isStaff'(item: CaseItem, isStaff: boolean) {
      if (item.id) this.setData({ line: lineOf(item, isStaff, ownPosts()) })
    },
  },
  methods: {
    open() {
      openSubject({ subjectKind: 'case', subjectId: this.data.item.id })
    },
  },
})
