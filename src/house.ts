/** What the process holds for everybody: knowledge that handlers may use freely, and the doors to the outside. */
import type { Logger } from 'pino'
import type { DataSource } from 'typeorm'
import type { Calendar } from './calendar/workdays.js'
import type { Deadlines } from './calendar/deadlines.js'
import type { Config } from './config.js'
import type { SealPlace } from './audit/sealPlace.js'
import type { Keyring } from './encryption/keyring.js'
import type { BlobStore } from './files/store.js'
import type { GuideLibrary } from './guides/library.js'
import type { LeadRules } from './leads/rules.js'
import type { Pay } from './pay/client.js'
import type { Paths } from './paths/knowledge.js'
import type { ApprovalRules } from './projects/approvalRules.js'
import type { SheetRules } from './serviceSheets/rules.js'
import type { TipRules } from './tips/rules.js'
import type { Wechat } from './wechat/client.js'
import type { Templates } from './wechat/messages.js'

/** In-process facts: no I/O behind any of it. Read again when another process has changed their source. */
export interface Knowledge {
  readonly keyring: Keyring
  /** Of who informed; nothing but tips/informers/ uses it. */
  readonly informers: Keyring
  readonly calendar: Calendar
  readonly deadlines: Deadlines
  readonly approval: ApprovalRules
  readonly guides: GuideLibrary
  readonly paths: Paths
  readonly templates: Templates
  readonly sheetRules: SheetRules
  readonly tips: TipRules
  readonly leads: LeadRules
  /** Who pays by WeChat; null: WeChat Pay is not set up, and only the bank is left. */
  readonly merchant: { readonly mchId: string; readonly appId: string } | null
}

/** Everything that talks to somewhere else: for a verb's `prepare` and for jobs, never inside a transaction. */
export interface Outside {
  readonly wechat: Wechat
  readonly blobs: BlobStore
  readonly seals: SealPlace
  /** Undefined: WeChat Pay is not set up, and only the bank is left. */
  readonly pay: Pay | undefined
}

export interface House {
  readonly config: Config
  readonly ds: DataSource
  readonly log: Logger
  readonly know: Knowledge
  readonly outside: Outside
  /** The only clock. */
  now(): Date
  /** Reads what has been revised again: after a commit here, or by another process. */
  refresh(names: Iterable<string>): Promise<void>
  /** There may be new jobs. */
  kick(): void
}
