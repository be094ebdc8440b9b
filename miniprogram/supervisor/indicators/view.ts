// The table of tasks, by area, with what has been counted so far.
import type { ItemOf } from '../../services/api'
import { type Figure, figureOf, unitsText } from '../services/metrics'

type Task = ItemOf<'indicator.list'>

export const views = [
  { value: 'all', text: '全部' },
  { value: 'counted', text: '有数据的' },
  { value: 'unmet', text: '还没达标的' },
] as const
export type ViewCode = (typeof views)[number]['value']

const isIn: Record<ViewCode, (task: Task) => boolean> = {
  all: () => true,
  counted: ({ metrics }) => metrics.length > 0,
  unmet: ({ metrics }) => metrics.some(({ isMet }) => isMet === false),
}

const FIGURES_SHOWN = 3

export interface TaskLine {
  no: number
  item: string
  task: string
  units: string
  figures: Figure[]
  more: string
}
export interface Area {
  name: string
  tasks: TaskLine[]
}

/** `1. 编制《指南》。` → `编制《指南》`: the tasks have their own numbers. */
const plain = (item: string) => item.replace(/^\d+[.．]\s*/, '').replace(/。$/, '')

function lineOf({ no, item, task, unitText, metrics, note }: Task): TaskLine {
  // What has an aim is what one asks for first.
  const sorted = [...metrics].sort((one, other) => Number(other.isMet !== undefined) - Number(one.isMet !== undefined))
  const left = metrics.length - FIGURES_SHOWN
  return {
    no,
    item: plain(item),
    task,
    units: unitsText(unitText),
    figures: sorted.slice(0, FIGURES_SHOWN).map(figureOf),
    more: left > 0 ? `还有${left}个数` : (note ?? ''),
  }
}

const isFound = (task: Task, q: string) =>
  q === '' ||
  String(task.no) === q ||
  [task.item, task.task, task.unitText, ...task.measures].some((text) => text.includes(q))

export function areasOf(tasks: readonly Task[], view: ViewCode, q: string): Area[] {
  const areas: Area[] = []
  for (const task of tasks) {
    if (!isIn[view](task) || !isFound(task, q)) continue
    const last = areas[areas.length - 1]
    if (last?.name === task.area) last.tasks.push(lineOf(task))
    else areas.push({ name: task.area, tasks: [lineOf(task)] })
  }
  return areas
}
