/** The figures of a year, counted at most once a minute in each process for those who may see the same. */
import type { DataSource, EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Reach } from '../board/reach.js'
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
interface Kept {
  at: Date
  figures: Promise<Figures>
}
const kept = new WeakMap<DataSource, Map<string, Kept>>()

export interface Asked {
  year: number
  now: Date
  reach: Reach
}

export async function figuresOf(db: EntityManager, know: Knowledge, asked: Asked): Promise<Figures> {
  const { year, now, reach } = asked
  const years = kept.get(db.dataSource) ?? new Map<string, Kept>()
  kept.set(db.dataSource, years)
  const isFresh = ({ at }: Kept) => {
    const age = now.getTime() - at.getTime()
    return age >= 0 && age < KEPT_MS && dateOf(at) === dateOf(now)
  }
  for (const [key, one] of years) if (!isFresh(one)) years.delete(key)
  const key = JSON.stringify([year, reach.about])
  const last = years.get(key)
  if (last) return last.figures
  const figures = countFigures(db, know, asked)
  years.set(key, { at: now, figures })
  // A count that failed is not an answer to the next who asks.
  figures.catch(() => years.delete(key))
  return figures
}

async function countFigures(db: EntityManager, know: Knowledge, { year, now, reach }: Asked): Promise<Figures> {
  const today = dateOf(now)
  const end = `${year}-12-31`
  const period = { from: `${year}-01-01`, to: end < today ? end : today }
  const facts = factsOf({ db, know, today, period, reach, isCurrent: today <= end })
  const figures: Figure[] = []
  for (const metric of metrics) {
    figures.push({ metric, ...(await figureOf(metric, facts)), evidence: metric.evidence?.(facts) })
  }
  return { countedAt: now, figures }
}
