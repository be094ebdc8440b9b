/** Writes what an import of leads has worked out: everything in the one transaction it is given, or nothing. */
import type { EntityManager } from 'typeorm'
import { change, createAll } from '../audit/trail.js'
import { Lead } from './lead.js'
import type { LeadPlan } from './leadPlan.js'

/** @throws Problem stale, where a line has been changed since it was read: the import is then worked out anew */
export async function writeLeads(db: EntityManager, plan: LeadPlan): Promise<void> {
  await createAll(db, Lead, plan.created)
  for (const { before, patch } of plan.updated) {
    // A copy, since the transaction may have to be repeated.
    await change(db, Lead, Object.assign(new Lead(), before), patch)
  }
}
