/** A part of what an installation starts with, as each domain declares it. */
import type { EntityManager } from 'typeorm'
import type { Deadlines } from '../calendar/deadlines.js'
import type { Calendar } from '../calendar/workdays.js'
import type { Config } from '../config.js'
import type { Keyring } from '../encryption/keyring.js'
import type { BlobStore } from '../files/store.js'
import type { LeadRules } from '../leads/rules.js'
import type { ApprovalRules } from '../projects/approvalRules.js'
import type { TipRules } from '../tips/rules.js'

/** What seeds are laid on. */
export interface Ground {
  config: Config
  keyring: Keyring
  informers: Keyring
  calendar: Calendar
  deadlines: Deadlines
  approval: ApprovalRules
  tips: TipRules
  leads: LeadRules
  blobs: BlobStore
  now: Date
  /** The parsed content of a JSON file under `seeds/`. */
  read(path: string): unknown
}

export interface Seed {
  /** At most 24 characters; once laid down, never again. */
  name: string
  isDemo?: boolean
  lay(db: EntityManager, ground: Ground): Promise<void>
}
