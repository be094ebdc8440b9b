/** The figures of a year, counted at most once a minute in each process: they are the same for whoever asks. */
import type { DataSource, EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { factsOf } from './facts.js'
import { type Counted, type Evidence, figureOf, type Metric, metrics } from './metrics.js'

export interface Figure extends Counted {
  metric: Metric
  evidence: Evidence | undefined
}

export interface Figures {
  countedAt: Date
  figures: readonly Figure[]
}

const KEPT_MS = 60_000
const kept = new WeakMap<DataSource, Map<number, { at: Date; figures: Promise<Figures> }>>()

export async function figuresOf(db: EntityManager, know: Knowledge, year: number, now: Date): Promise<Figures> {
  const years = kept.get(db.dataSource) ?? new Map<number, { at: Date; figures: Promise<Figures> }>()
  kept.set(db.dataSource, years)
  const last = years.get(year)
  const age = last === undefined ? Infinity : now.getTime() - last.at.getTime()
  if (last && age >= 0 && age < KEPT_MS && dateOf(last.at) === dateOf(now)) return last.figures
  const figures = countFigures(db, know, year, now)
  years.set(year, { at: now, figures })
  // A count that failed is not an answer to the next who asks.
  figures.catch(() => years.delete(year))
  return figures
}

async function countFigures(db: EntityManager, know: Knowledge, year: number, now: Date): Promise<Figures> {
  const today = dateOf(now)
  const end = `${year}-12-31`
  const period = { from: `${year}-01-01`, to: end < today ? end : today }
  const facts = factsOf({ db, know, today, period, isCurrent: today <= end })
  const figures: Figure[] = []
  for (const metric of metrics) {
    figures.push({ metric, ...(await figureOf(metric, facts)), evidence: metric.evidence?.(facts) })
  }
  return { countedAt: now, figures }
}
