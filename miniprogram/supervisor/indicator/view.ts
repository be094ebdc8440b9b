// One task: its text, what is counted for it and how, and where each number can be looked up.
import type { Output } from '../../services/api'
import { hasPage, type ListFilter } from '../../services/filters'
import { type Figure, figureOf, unitsText } from '../services/metrics'

type Task = Output<'indicator.read'>
type Metric = Task['metrics'][number]

interface Proof {
  /** What the button says; empty where there is nowhere to go. */
  word: string
  filter: ListFilter | null
  /** Said beside it where the list has other lines too. */
  note: string
}
export interface MetricView extends Figure, Proof {
  share: string
  target: string
  method: string
}

const GUIDES = 'guide.search'

function proofOf({ filter }: Metric): Proof {
  if (!filter) return { word: '', filter: null, note: '' }
  const list = { verb: filter.verb, input: filter.input }
  if (filter.verb === GUIDES) return { word: '去看指南', filter: list, note: '' }
  if (!hasPage(list)) return { word: '', filter: null, note: '' }
  return {
    word: '看依据',
    filter: list,
    note: filter.isExact ? '点开的清单，就是算进来的这些' : '算进来的都在点开的清单里，清单里也有没算的',
  }
}

export const metricOf = (metric: Metric): MetricView => ({
  ...figureOf(metric),
  ...proofOf(metric),
  share: metric.of === undefined ? '' : `总数是${metric.of}${metric.unit === '%' ? '' : metric.unit}`,
  target:
    metric.target === undefined
      ? ''
      : `目标：不低于${metric.target}${metric.unit}${metric.targetSource ? `（${metric.targetSource}）` : ''}`,
  method: metric.method,
})

export const isGuides = ({ verb }: ListFilter): boolean => verb === GUIDES

export const taskOf = ({ no, area, item, task, measures, unitText, scanNote, note, table, year }: Task) => ({
  no,
  area,
  item,
  task,
  measures,
  units: unitsText(unitText),
  scanNote: scanNote ?? '',
  note: note ?? '',
  source: table.source,
  year,
})
