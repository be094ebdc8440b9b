// The trend as columns and as a table of the same numbers.
import type { ItemOf } from '../../../services/api'
import { dayText } from '../../../services/dates'
import type { ListFilter } from '../../../services/filters'
import { numberText, widthOf } from '../../services/numbers'
import { daysIn, type Period } from '../../services/period'

type Point = ItemOf<'board.trend'>
export type Step = 'day' | 'week' | 'month'

/** What is drawn, in the order of the columns. */
export const series = [
  { key: 'submitted', word: '收到', tone: 'info' },
  { key: 'answered', word: '答复', tone: 'good' },
  { key: 'overdue', word: '超期', tone: 'bad' },
] as const

/** More columns than about 50 cannot be told apart on a phone, fewer than two are no trend. */
const steps: readonly { most: number; codes: readonly Step[] }[] = [
  { most: 14, codes: ['day'] },
  { most: 50, codes: ['week', 'day'] },
  { most: 350, codes: ['week', 'month'] },
  { most: Infinity, codes: ['month'] },
]

/** The steps that make sense for the days chosen, the usual one first. */
export const stepsFor = (period: Period): readonly Step[] =>
  steps.find(({ most }) => daysIn(period) <= most)?.codes ?? ['month']

const shortDay = (day: string) => `${Number(day.slice(5, 7))}.${Number(day.slice(8))}`
const shortNames: Record<Step, (point: Period) => string> = {
  day: ({ from }) => shortDay(from),
  week: ({ from }) => shortDay(from),
  month: ({ from }) => `${Number(from.slice(5, 7))}月`,
}
const daysName = ({ from, to }: Period) => (from === to ? dayText(from) : `${dayText(from)}至${dayText(to)}`)

const shortName = ({ from, to }: Period) => (from === to ? shortDay(from) : `${shortDay(from)}至${shortDay(to)}`)

const LABELS_AT_MOST = 6

interface Cell {
  key: string
  value: number
  /** Null where there is nothing to open. */
  filter: ListFilter | null
  title: string
}

export function trendOf(points: readonly Point[], by: Step) {
  const most = Math.max(0, ...points.flatMap((point) => series.map(({ key }) => point[key].value)))
  const every = Math.max(1, Math.ceil(points.length / LABELS_AT_MOST))
  const columns = points.map((point, index) => ({
    key: point.from,
    label: index % every === 0 ? shortNames[by](point) : '',
    bars: series.map(({ key, tone }) => ({ tone, height: widthOf(point[key].value, most) })),
  }))
  const rows = points
    .map((point) => ({
      key: point.from,
      name: shortName(point),
      fullName: daysName(point),
      average: numberText(point.averageWorkdays.value),
      cells: series.map(({ key, word }): Cell => {
        const { value, filter } = point[key]
        return { key, value, filter: value > 0 ? filter : null, title: `${daysName(point)}${word}的诉求` }
      }),
    }))
    .reverse()
  return { columns, rows, most, said: saidOf(points) }
}

function saidOf(points: readonly Point[]): string {
  const last = points[points.length - 1]
  if (!last) return '这段时间没有数字'
  const sum = (key: 'submitted' | 'answered') => points.reduce((total, point) => total + point[key].value, 0)
  return `这段时间收到${sum('submitted')}件，答复${sum('answered')}件，现在超期${last.overdue.value}件。每一段的数字在下面的表里`
}
