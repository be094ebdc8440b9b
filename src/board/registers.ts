/** What the board shows besides cases, by unit: rectifications under way, refusals of the year, visits of the week. */
import type { EntityManager } from 'typeorm'
import { breathe } from './breathe.js'
import type { ListFilter } from './contract.js'
import { type Period, weekOf, yearUpTo } from './period.js'
import { ofUnits, type Reach } from './reach.js'

export const openRectification = ['assigned', 'verified', 'resolved'] as const
const visitStates = ['offered', 'consented', 'held', 'declined'] as const
type VisitCount = (typeof visitStates)[number]

export interface Registers {
  week: Period
  year: Period
  rectifications: Map<string, number>
  rejections: Map<string, number>
  visits: Map<string, Record<VisitCount, number>>
}

interface Row {
  unitId: string | null
  n: number
}

export async function readRegisters(db: EntityManager, reach: Reach, today: string): Promise<Registers> {
  const [week, year] = [weekOf(today), yearUpTo(today)]
  const units = ofUnits(reach, 'unitId')
  const refused = reach.rejections
  const rectifications = (await db.query(
    `SELECT r.unitId, COUNT(*) AS n FROM rectification r
     WHERE r.state IN ('assigned', 'verified', 'resolved') AND ${reach.rectifications.sql} GROUP BY r.unitId`,
    reach.rectifications.params,
  )) as Row[]
  await breathe()
  const rejections = (await db.query(
    `SELECT j.unitId, COUNT(*) AS n FROM rejection j
     WHERE j.registeredOn >= ? AND j.registeredOn <= ? AND ${refused.sql} GROUP BY j.unitId`,
    [year.from, year.to, ...refused.params],
  )) as Row[]
  const visits = (await db.query(
    `SELECT unitId, state, COUNT(*) AS n FROM visit
     WHERE onDate >= ? AND onDate <= ? AND ${units.sql} GROUP BY unitId, state`,
    [week.from, week.to, ...units.params],
  )) as (Row & { state: string })[]
  const byUnit = (rows: Row[]) => new Map(rows.map((row) => [row.unitId ?? '', Number(row.n)]))
  const visitsOf = new Map<string, Record<VisitCount, number>>()
  for (const { unitId, state, n } of visits) {
    const counts = visitsOf.get(unitId ?? '') ?? { offered: 0, consented: 0, held: 0, declined: 0 }
    if (isCounted(state)) counts[state] += Number(n)
    visitsOf.set(unitId ?? '', counts)
  }
  return { week, year, rectifications: byUnit(rectifications), rejections: byUnit(rejections), visits: visitsOf }
}

const isCounted = (state: string): state is VisitCount => (visitStates as readonly string[]).includes(state)

/** The registers' figures for the units given; null for all of them together. */
export function registerFigures(registers: Registers, unitId: string | null) {
  const { week, year, rectifications, rejections, visits } = registers
  const ofUnit = unitId === null ? {} : { unitId }
  const sum = (values: Map<string, number>) =>
    unitId === null ? [...values.values()].reduce((a, b) => a + b, 0) : (values.get(unitId) ?? 0)
  const filter = (verb: ListFilter['verb'], input: Record<string, unknown>): ListFilter => ({
    verb,
    input: { ...ofUnit, ...input },
  })
  const visited = (state: VisitCount) => ({
    value: sum(new Map([...visits].map(([unit, counts]) => [unit, counts[state]]))),
    filter: filter('visit.list', { states: [state], from: week.from, to: week.to }),
  })
  return {
    openRectifications: {
      value: sum(rectifications),
      filter: filter('rectification.list', { states: openRectification }),
    },
    rejectionsThisYear: { value: sum(rejections), filter: filter('rejection.list', { from: year.from, to: year.to }) },
    visitsThisWeek: {
      ...week,
      offered: visited('offered'),
      consented: visited('consented'),
      held: visited('held'),
      declined: visited('declined'),
    },
  }
}
