// How much came in, was answered and was late over time: columns, and on request the same numbers as a table.
import type { ItemOf } from '../../../services/api'
import { type ListFilter, openFilter } from '../../../services/filters'
import { wordFor } from '../../../services/words'
import { type Step, series, stepsFor, trendOf } from './view'

type Dataset = { filter: ListFilter | null; title: string }

Component({
  properties: {
    points: { type: Array, value: [] as ItemOf<'board.trend'>[] },
    by: { type: String, value: 'week' },
    from: { type: String, value: '' },
    to: { type: String, value: '' },
  },
  data: {
    series,
    columns: [] as object[],
    rows: [] as object[],
    steps: [] as object[],
    most: 0,
    said: '',
    isTable: false,
  },
  observers: {
    'points, by, from, to'(points: ItemOf<'board.trend'>[], by: Step, from: string, to: string) {
      const steps = stepsFor({ from, to }).map((code) => ({ code, word: wordFor('boardSteps', code) }))
      this.setData({ ...trendOf(points, by), steps })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: Step }>) {
      const { code } = event.currentTarget.dataset
      if (code !== this.data.by) this.triggerEvent('step', { by: code })
    },
    turn() {
      this.setData({ isTable: !this.data.isTable })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, Dataset>) {
      const { filter, title } = event.currentTarget.dataset
      if (filter) openFilter(filter, title)
    },
  },
})
