/** The tasks as they leave the server: the table's words, the units' names, and the figures with their evidence. */
import type { EntityManager } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import { contract, type Output, type Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { grantsOf } from '../http/scopes.js'
import { serve } from '../http/serve.js'
import type { Actor } from '../people/actor.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { invalid, Problem } from '../problem.js'
import { type Figure, figuresOf } from './count.js'
import { cityFor } from './facts.js'
import { type Task, tableOf } from './table.js'

type TaskView = Output<'indicator.list'>['items'][number]
type MetricView = TaskView['metrics'][number]

interface Asking {
  db: EntityManager
  know: Knowledge
  actor: Actor
  now: Date
}

export const indicatorVerbs = {
  'indicator.list': serve('indicator.list', {
    async handle({ db, know, actor, input, now }) {
      const { head, tasks, figures, units } = await gather({ db, know, actor, now }, input.year)
      return { ...head, items: tasks.map((task) => taskView(actor, task, units, figures)) }
    },
  }),
  'indicator.read': serve('indicator.read', {
    async handle({ db, know, actor, input, now }) {
      const { head, tasks, figures, units } = await gather({ db, know, actor, now }, input.year)
      const task = tasks.find(({ no }) => no === input.no)
      if (!task) throw new Problem('notFound', { title: '任务分解表里没有这一项' })
      const metrics = figures
        .filter(({ metric }) => metric.no === task.no)
        .map((figure) => ({ ...metricView(actor, figure), method: figure.metric.method }))
      return { ...head, ...taskView(actor, task, units, figures), metrics }
    },
  }),
}

async function gather({ db, know, actor, now }: Asking, asked: number | undefined) {
  const thisYear = Number(dateOf(now).slice(0, 4))
  const year = asked ?? thisYear
  if (year > thisYear) throw invalid('year', '这一年还没有到')
  const table = tableOf(year)
  if (!table) throw invalid('year', '这一年没有任务分解表')
  const { countedAt, figures } = await figuresOf(db, know, {
    year,
    now,
    reach: cityFor(grantsOf(actor, 'indicator.list')),
  })
  const units = await byId(
    db,
    Unit,
    table.indicators.flatMap(({ leadUnits, supportUnits }) => [...leadUnits, ...supportUnits]),
  )
  const { indicators: tasks, title, source, note } = table
  const head = { year, table: { year: table.year, title, source, note }, countedAt: toWireInstant(countedAt) }
  return { head, tasks, figures, units }
}

const LATER = '这项任务的数据还没有统计'

function taskView(actor: Actor, task: Task, units: Map<string, Unit>, figures: readonly Figure[]): TaskView {
  const { no, area, item, measures, unitText, scanNote = null } = task
  const named = (codes: string[]) => codes.map((code) => unitView(units.get(code), code))
  const metrics = figures.filter(({ metric }) => metric.no === no).map((figure) => metricView(actor, figure))
  return {
    no,
    area,
    item,
    task: task.task,
    measures,
    leadUnits: named(task.leadUnits),
    supportUnits: named(task.supportUnits),
    unitText,
    scanNote,
    metrics,
    note: metrics.length === 0 ? LATER : null,
  }
}

function metricView(actor: Actor, { metric, value, of, evidence }: Figure): MetricView {
  const { key, name, unit, target } = metric
  return {
    key,
    name,
    value,
    unit,
    ...(of === undefined ? {} : { of }),
    ...(target ? { target: target.value, targetSource: target.source } : {}),
    ...(target && value !== null ? { isMet: value >= target.value } : {}),
    ...(evidence && seesAll(actor, evidence.verb) ? { filter: evidence } : {}),
  }
}

/** The figures are the whole city's, but for what is kept from the reader: a list that shows somebody less would not show what was counted. */
const seesAll = (actor: Actor, verb: string) =>
  verb in contract && grantsOf(actor, verb as Verb).some(({ scope }) => scope === 'all')
