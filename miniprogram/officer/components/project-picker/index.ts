// Which projects of the ledgers: those under care at once, any other by the beginning of its name or its code.
import { loading } from '../../../behaviors/loading'
import { call } from '../../../services/call'

interface Named {
  id: string
  name: string
}
interface Line extends Named {
  about: string
  isOn: boolean
}

/** Typing is waited for. */
const PAUSE_MS = 350
let pause: number | undefined

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    /** Ids of projects. */
    selected: { type: Array, value: [] as string[] },
    /** One is enough: the sheet closes with it. */
    isSingle: { type: Boolean, value: false },
  },
  data: { q: '', found: [] as (Named & { about: string })[], lines: [] as Line[] },
  observers: {
    visible(isVisible: boolean) {
      if (!isVisible) return
      this.setData({ q: '' })
      this.fetch()
    },
    'selected, found'() {
      const { found, selected } = this.data
      this.setData({ lines: found.map((one) => ({ ...one, isOn: (selected as string[]).includes(one.id) })) })
    },
  },
  methods: {
    onInput(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ q: event.detail.value })
      if (pause !== undefined) clearTimeout(pause)
      pause = setTimeout(() => this.fetch(), PAUSE_MS)
    },
    fetch() {
      void this.load(async () => {
        const q = this.data.q.trim()
        const { items } = await call('project.list', { ...(q ? { q } : { isUnderCare: true }), limit: 50 })
        // An answer to what was typed before is late.
        if (q === this.data.q.trim()) {
          this.setData({ found: items.map(({ id, name, builderName }) => ({ id, name, about: builderName })) })
        }
        return this.data.found.length > 0
      })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const line = this.data.lines[event.currentTarget.dataset.index]
      if (!line) return
      const { id, name } = line
      this.triggerEvent('pick', { project: { id, name }, isOn: !line.isOn })
      if (this.data.isSingle) this.close()
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
