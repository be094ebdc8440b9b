// Which firms: those of one's own projects at once, any other by the beginning of its name or its credit code.
import { loading } from '../../../behaviors/loading'
import { call } from '../../../services/call'
import { firms, type KnownFirm } from '../../services/known'

interface Line extends KnownFirm {
  about: string
  isOn: boolean
}

/** Typing is waited for. */
const PAUSE_MS = 350
let pause: number | undefined

const lineOf = (firm: KnownFirm, selected: string[]): Line => ({
  ...firm,
  about: firm.projects.map(({ name }) => name).join('、'),
  isOn: selected.includes(firm.id),
})

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    /** Ids of firms. */
    selected: { type: Array, value: [] as string[] },
  },
  data: { q: '', found: [] as KnownFirm[], lines: [] as Line[] },
  observers: {
    visible(isVisible: boolean) {
      if (!isVisible) return
      this.setData({ q: '' })
      this.fetch()
    },
    'selected, found'() {
      this.setData({ lines: this.data.found.map((firm) => lineOf(firm, this.data.selected)) })
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
        const found = q === '' ? await firms() : await search(q)
        // An answer to what was typed before is late.
        if (q === this.data.q.trim()) this.setData({ found })
        return this.data.found.length > 0
      })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const firm = this.data.lines[event.currentTarget.dataset.index]
      if (firm) this.triggerEvent('pick', { firm, isOn: !firm.isOn })
    },
    close() {
      this.triggerEvent('close')
    },
  },
})

/** Those of one's own projects whose name has it anywhere, then what the server finds. */
async function search(q: string): Promise<KnownFirm[]> {
  const own = (await firms().catch(() => [])).filter((firm) => firm.name.includes(q))
  const found = await call('enterprise.search', { q, limit: 20 }).catch((error: unknown) => {
    if (own.length > 0) return { items: [] }
    throw error
  })
  const others = found.items.filter(({ id }) => own.every((firm) => firm.id !== id))
  return [...own, ...others.map(({ id, name }) => ({ id, name, projects: [] }))]
}
