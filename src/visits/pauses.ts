/** 「本月不用」 and 「需要时我约」: who asked for a pause, until when, and how the firm ends it. */
import type { EntityManager } from 'typeorm'
import { In, IsNull } from 'typeorm'
import { change } from '../audit/trail.js'
import { addDays, dateOf } from '../calendar/dates.js'
import { VisitPause } from './visitPause.js'

/** The last day of the date's month. */
export function monthEnd(date: string): string {
  const next = Array.from({ length: 31 }, (_, n) => addDays(date, n + 1)).find((day) => day.endsWith('-01')) as string
  return addDays(next, -1)
}

/** Those of the firms that bear on the project, or on the whole firm; all of the firms' where no project is given. */
export function pausesOf(
  db: EntityManager,
  enterpriseIds: readonly string[],
  projectId?: string | null,
): Promise<VisitPause[]> {
  const enterpriseId = In([...enterpriseIds])
  const whole = { enterpriseId, projectId: IsNull() }
  const where =
    projectId === undefined ? { enterpriseId } : projectId === null ? whole : [whole, { enterpriseId, projectId }]
  return db.find(VisitPause, { where, order: { id: 'ASC' } })
}

/** The firm wants visits again: ends what is still under way, and says how many that were. */
export async function liftPauses(
  db: EntityManager,
  pauses: readonly VisitPause[],
  personId: string | null,
  now: Date,
): Promise<number> {
  const today = dateOf(now)
  const open = pauses.filter((one) => one.liftedOn === null && (one.untilOn === null || today <= one.untilOn))
  for (const pause of open) await change(db, VisitPause, pause, { liftedOn: today, liftedBy: personId })
  return open.length
}
