/** 投诉不让被投诉的人和单位看到: the complaints that a reader's lists leave out, to be left out of their sums too. */
import type { EntityManager } from 'typeorm'
import { among } from '../http/scopes.js'
import { type Counts, noCounts } from './dayCounts.js'
import type { Period } from './period.js'
import { ofUnits, type Reach } from './reach.js'

interface KeptCase {
  id: string
  unitId: string | null
  officerPostId: string | null
  category: string
  state: string
  dueOn: string
  createdOn: string
  answeredOn: string | null
  closedOn: string | null
  isInTime: boolean | number | null
  usedWorkdays: number | null
  allowedWorkdays: number
  rating: number | null
}

/** What one case added to one day. */
export interface Part extends Counts {
  day: string
  unitId: string
  officerPostId: string
  category: string
}

/** Few in any reader's life, each found by whom it is about. */
async function keptCases(db: EntityManager, reach: Reach): Promise<KeptCase[]> {
  const found = new Map<string, KeptCase>()
  const units = ofUnits(reach, 'unitId')
  for (const [column, values] of Object.entries(reach.about)) {
    if (values.length === 0) continue
    const about = among(column, values)
    const rows = (await db.query(
      `SELECT id, unitId, officerPostId, category, state, dueOn, createdOn, answeredOn, closedOn, isInTime, usedWorkdays,
         allowedWorkdays, rating
       FROM help_case WHERE ${about.sql} AND ${units.sql}`,
      [...about.params, ...units.params],
    )) as KeptCase[]
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()]
}

export async function keptParts(db: EntityManager, reach: Reach, { from, to }: Period): Promise<Part[]> {
  return (await keptCases(db, reach)).flatMap(partsOf).filter(({ day }) => from <= day && day <= to)
}

function partsOf(row: KeptCase): Part[] {
  const part = (day: string | null, some: Partial<Counts>): Part[] => {
    if (day === null) return []
    const { category } = row
    return [{ day, unitId: row.unitId ?? '', officerPostId: row.officerPostId ?? '', category, ...noCounts(), ...some }]
  }
  const ended = { closed: 'closed', declined: 'declined', withdrawn: 'withdrawn' }[row.state]
  return [
    ...part(row.createdOn, { submitted: 1 }),
    ...part(row.answeredOn, {
      answered: 1,
      answeredInTime: Number(row.isInTime ?? 0),
      usedWorkdays: row.usedWorkdays ?? 0,
      promisedWorkdays: row.allowedWorkdays,
    }),
    ...part(row.closedOn, {
      ...(ended === undefined ? {} : { [ended]: 1 }),
      ...(row.rating === null ? {} : { [`rating${row.rating}`]: 1 }),
    }),
  ]
}

/** Those among them that ended late, each as one to take away. */
export async function keptLate(
  db: EntityManager,
  reach: Reach,
): Promise<{ day: string; dueOn: string; cases: number }[]> {
  return (await keptCases(db, reach)).flatMap(({ answeredOn, closedOn, dueOn }) => {
    const day = answeredOn ?? closedOn
    return day !== null && dueOn < day ? [{ day, dueOn, cases: -1 }] : []
  })
}
