// The cases behind a number: any filter of `case.list`, as `?title=…&filter=<JSON>`.
import { listing } from '../../behaviors/listing'
import { call } from '../../services/call'
import type { CaseFilter } from '../../services/caseChips'
import { currentHat } from '../../services/hats'
import { start } from '../../services/session'

Component({
  behaviors: [listing],
  data: { filter: {} as CaseFilter, isStaff: false },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      this.setData({ filter: this.openedWith(query) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { filter } = this.data
      this.setData({ isStaff: currentHat(await start()) !== 'enterprise' })
      return call('case.list', { ...filter, cursor, limit })
    },
  },
})
