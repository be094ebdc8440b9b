/** WHAT A NEW INSTALLATION STARTS WITH: each part is laid down once; the demonstration adds its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource, EntityManager } from 'typeorm'
import { beginAct } from './audit/act.js'
import { Revision } from './audit/revision.js'
import type { Calendar } from './calendar/workdays.js'
import type { Deadlines } from './calendar/deadlines.js'
import type { Config } from './config.js'
import { transact } from './database/transaction.js'
import type { Keyring } from './encryption/keyring.js'
import { seedReplies } from './cases/seed.js'
import { seedGuides } from './guides/seed.js'
import { seedUnits } from './people/seed.js'

export interface Ground {
  config: Config
  keyring: Keyring
  calendar: Calendar
  deadlines: Deadlines
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

/** In this order. */
const seeds: readonly Seed[] = [seedUnits, seedReplies, seedGuides]

export async function laySeeds(ds: DataSource, ground: Omit<Ground, 'read'>): Promise<void> {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(ground.config.root, 'seeds', path), 'utf8'))
  for (const seed of seeds) {
    if (seed.isDemo && !ground.config.isDemo) continue
    const mark = { name: `seed:${seed.name}`, count: 1 }
    if (await ds.manager.existsBy(Revision, { name: mark.name })) continue
    await transact(ds, async (db) => {
      const auditKey = ground.keyring.purposeKey('audit')
      beginAct(db, { verb: 'seed', personId: null, postId: null, now: ground.now, auditKey, revised: new Set() })
      await db.insert(Revision, mark)
      await seed.lay(db, { ...ground, read })
    })
  }
}
