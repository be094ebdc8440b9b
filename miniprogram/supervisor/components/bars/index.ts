// Horizontal bars, each with its words and numbers beside it; a bar that can be opened tells its index as `choose`.

/** One line: the parts of its bar, in percent of the longest. `said` is what is read aloud. */
export interface Bar {
  key: string
  label: string
  note: string
  said: string
  parts: { width: number; tone: string }[]
  canOpen: boolean
}

Component({
  properties: { rows: { type: Array, value: [] as Bar[] } },
  data: { hasWays: false },
  observers: {
    rows(rows: Bar[]) {
      this.setData({ hasWays: rows.some(({ canOpen }) => canOpen) })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      if (this.data.rows[index]?.canOpen) this.triggerEvent('choose', { index })
    },
  },
})
