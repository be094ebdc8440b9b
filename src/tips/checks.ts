/** 请分局现场核查: a lead in the handler's own words. The branch does not learn that somebody told of it. */
import type { EntityManager } from 'typeorm'
import type { Output } from '../contract.js'
import type { Knowledge } from '../house.js'
import { Lead } from '../leads/lead.js'
import { openLead } from '../leads/open.js'
import { send } from '../leads/steps.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { invalid } from '../problem.js'
import type { Tip } from './tip.js'
import type { TipEntry } from './tipEntry.js'

interface Asking {
  db: EntityManager
  know: Pick<Knowledge, 'leads' | 'calendar'>
  now: Date
  target: Tip
  postId: string
}

/** Written down and sent in one; the answer's days run from here. @throws Problem invalid, on `districtCode` or `text` */
export async function askBranch(
  { db, know, now, target, postId }: Asking,
  text: string,
  districtCode: string | undefined,
): Promise<Lead> {
  const place = target.districtCode ?? districtCode ?? null
  if (place === null) throw invalid('districtCode', '请选在哪个区县，由那里的分局核查')
  const { firmName, creditCode } = target
  const nothing = { reference: null, outlet: null, pollutant: null, value: null, limitValue: null, measure: null }
  const facts = {
    ...nothing,
    source: 'tip' as const,
    firmName,
    creditCode,
    districtCode: place,
    exceededAt: null,
    text,
  }
  const lead = await openLead(db, now, { facts, postId })
  await send({ db, know, target: lead, now, postId })
  return lead
}

type Check = Output<'tip.read'>['checks'][number]

/** What branches were asked, and what they found, in the order of asking. */
export async function checksOf(db: EntityManager, entries: readonly TipEntry[]): Promise<Check[]> {
  const ids = entries.flatMap(({ leadId }) => leadId ?? [])
  if (ids.length === 0) return []
  const leads = await byId(db, Lead, ids)
  const units = await byId(
    db,
    Unit,
    [...leads.values()].map(({ unitId }) => unitId),
  )
  return ids.flatMap((id) => {
    const lead = leads.get(id)
    if (!lead) return []
    const { number, state, unitId, dueOn, answeredOn, outcome } = lead
    return [{ id, number, state, unit: unitView(units.get(unitId), unitId), dueOn, answeredOn, outcome }]
  })
}
