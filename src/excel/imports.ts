/** What each import does with the lines of its workbook: worked out first, written then. */
import type { EntityManager } from 'typeorm'
import type { NewJob } from '../audit/queue.js'
import type { House } from '../house.js'
import { planLeads, type LeadPlan } from '../leads/leadPlan.js'
import { writeLeads } from '../leads/leadWrite.js'
import type { LeadKey } from '../leads/leadColumns.js'
import type { LeadSource } from '../leads/states.js'
import type { LedgerKey } from '../projects/ledgerColumns.js'
import { type LedgerPlan, planLedger } from '../projects/ledgerPlan.js'
import { writeLedger } from '../projects/ledgerWrite.js'
import type { Book } from '../projects/words.js'
import type { ExcelRun } from './excelRun.js'
import type { ImportVerb } from './importSheets.js'
import type { Fault, Lines } from './lines.js'

/** What every plan tells of itself. */
export interface Plan {
  created: readonly unknown[]
  updated: readonly unknown[]
  unchanged: number
  faults: Fault[]
}

interface Import<P extends Plan> {
  /** The measure word of its lines. */
  counter: string
  plan(house: House, run: ExcelRun, read: Lines<string>, tell: (done: number) => Promise<void>): Promise<P>
  /** In one transaction; the jobs that follow. */
  write(db: EntityManager, plan: P): Promise<NewJob[]>
}

const ledger: Import<LedgerPlan> = {
  counter: '个',
  plan({ ds, know, now }, { postId, book }, read, tell) {
    const surroundings = { db: ds.manager, know, now: now(), actorPostId: postId }
    return planLedger(surroundings, read as Lines<LedgerKey>, { book: book as Book | null, tell })
  },
  write: writeLedger,
}

const leads: Import<LeadPlan> = {
  counter: '条',
  plan({ ds, now }, { postId, filter }, read, tell) {
    const source = (filter?.['source'] as LeadSource | undefined) ?? null
    return planLeads({ db: ds.manager, now: now(), actorPostId: postId }, read as Lines<LeadKey>, { source, tell })
  },
  async write(db, plan) {
    await writeLeads(db, plan)
    return []
  },
}

// oxlint-disable-next-line typescript/no-explicit-any
export const imports: Readonly<Record<ImportVerb, Import<any>>> = { 'project.import': ledger, 'lead.import': leads }
