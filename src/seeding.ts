/** WHAT A NEW INSTALLATION STARTS WITH: each part is laid down once; the demonstration adds its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource, EntityManager } from 'typeorm'
import { beginAct } from './audit/act.js'
import { Revision } from './audit/revision.js'
import { seedReplies } from './cases/seed.js'
import type { Ground, Seed } from './database/seed.js'
import { isDuplicate, transact } from './database/transaction.js'
import { demoSeeds } from './demo/seeds.js'
import { seedGuides } from './guides/seed.js'
import { seedRewards } from './rewards/seed.js'
import { seedExpertGroups, seedUnits } from './people/seed.js'

/** In this order. */
const seeds: readonly Seed[] = [seedUnits, seedExpertGroups, seedReplies, seedGuides, seedRewards, ...demoSeeds]

/** The demonstration is laid in several seconds, in which the database's server may change. */
const PATIENCE_MS = 60_000

export async function laySeeds(ds: DataSource, ground: Omit<Ground, 'read'>): Promise<void> {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(ground.config.root, 'seeds', path), 'utf8'))
  for (const seed of seeds) {
    if (!seed.isDemo || ground.config.isDemo) await layOnce(ds, seed, { ...ground, read })
  }
}

async function layOnce(ds: DataSource, seed: Seed, ground: Ground): Promise<void> {
  const name = `seed:${seed.name}`
  if (await ds.manager.existsBy(Revision, { name })) return
  const work = async (db: EntityManager) => {
    const auditKey = ground.keyring.purposeKey('audit')
    beginAct(db, { verb: 'seed', personId: null, postId: null, now: ground.now, auditKey, revised: new Set() })
    if (await isOurs(db.insert(Revision, { name, count: 1 }))) await seed.lay(db, ground)
  }
  // The mark tells a repetition what has been laid.
  await transact(ds, work, { isRepeatable: true, patienceMs: PATIENCE_MS })
}

/** Another process that starts at the same moment waits here until the first has laid the seed, then leaves it. */
async function isOurs(mark: Promise<unknown>): Promise<boolean> {
  try {
    await mark
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}
