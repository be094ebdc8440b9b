// Lets one process at a time work on a database's schema, however many start at the same moment.
//
// One server knows named locks, which end with their holder. A cluster's nodes know only their own, and processes may
// be connected to different nodes: there it is a row, which all nodes agree on when it is committed. Its holder counts
// in it while it lives; nobody's clock is compared with another's.

import { setTimeout as delay } from 'node:timers/promises'
import type { DataSource } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { isEmbedded } from './source.js'
import { isDuplicate, isUnavailable, transact } from './transaction.js'

/** The row's table: not one of the entities, for it is there before the first migration. */
export const CLAIMS = 'schema_claim'

const WAIT_FOR_OTHERS_S = 120
const BEAT_MS = 5000
const LOOK_MS = 500
/** Looks at a row that does not change until its holder counts as dead: many of its beats. */
const LOOKS_UNTIL_DEAD = 60
const TOO_LONG = '另一个进程正在升级数据库，等待超时'

/** @throws when others have not ended after two minutes */
export async function alone<T>(ds: DataSource, work: () => Promise<T>, lookMs = LOOK_MS): Promise<T> {
  if (isEmbedded(ds)) return work()
  return (await isCluster(ds)) ? withClaim(ds, work, lookMs) : withLock(ds, work)
}

async function isCluster(ds: DataSource): Promise<boolean> {
  const [size] = await ds.query(`SHOW GLOBAL STATUS LIKE 'wsrep_cluster_size'`)
  return Number(size?.Value ?? 0) > 0
}

async function withLock<T>(ds: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = ds.createQueryRunner()
  try {
    const lock = `LEFT(CONCAT('shenhuan-migrate:', DATABASE()), 64)`
    const [row] = await runner.query(`SELECT GET_LOCK(${lock}, ${WAIT_FOR_OTHERS_S}) AS isMine`)
    if (row?.isMine !== 1) throw new Error(TOO_LONG)
    try {
      return await work()
    } finally {
      await runner.query(`DO RELEASE_LOCK(${lock})`)
    }
  } finally {
    await runner.release()
  }
}

async function withClaim<T>(ds: DataSource, work: () => Promise<T>, lookMs: number): Promise<T> {
  const holder = uuid()
  await ensureTable(ds)
  await claim(ds, holder, lookMs)
  const stopBeating = beat(ds, holder)
  try {
    return await work()
  } finally {
    await stopBeating()
    await transact(ds, (db) => db.query(`DELETE FROM ${CLAIMS} WHERE holder = ?`, [holder]), { isRepeatable: true })
  }
}

/** Asked first: creating a table, also one that is there, holds up the whole cluster for a moment. */
async function ensureTable(ds: DataSource): Promise<void> {
  const [there] = await ds.query(
    `SELECT COUNT(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?`,
    [CLAIMS],
  )
  if (there.n > 0) return
  await ds.query(
    `CREATE TABLE IF NOT EXISTS ${CLAIMS}
       (name varchar(16) PRIMARY KEY, holder varchar(36) NOT NULL, beat integer NOT NULL)
     ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  )
}

async function claim(ds: DataSource, holder: string, lookMs: number): Promise<void> {
  let [seen, unchanged] = ['', 0]
  for (let looks = 0; looks * LOOK_MS < WAIT_FOR_OTHERS_S * 1000; looks++) {
    try {
      if (await insert(ds, holder)) return
      const [row] = await ds.query(`SELECT holder, beat FROM ${CLAIMS} WHERE name = 'schema'`)
      if (row?.holder === holder) return
      const now = JSON.stringify(row)
      unchanged = now === seen ? unchanged + 1 : 0
      seen = now
      if (row && unchanged >= LOOKS_UNTIL_DEAD && (await takeOver(ds, holder, row))) return
    } catch (error) {
      // A change of schema holds up the others' statements too: that is no sign that its process is dead.
      if (!isUnavailable(error)) throw error
    }
    await delay(lookMs)
  }
  throw new Error(TOO_LONG)
}

async function insert(ds: DataSource, holder: string): Promise<boolean> {
  try {
    await transact(ds, (db) => db.query(`INSERT INTO ${CLAIMS} (name, holder, beat) VALUES ('schema', ?, 0)`, [holder]))
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

async function takeOver(ds: DataSource, holder: string, dead: { holder: string; beat: number }): Promise<boolean> {
  const { affectedRows } = await transact(ds, (db) =>
    db.query(`UPDATE ${CLAIMS} SET holder = ?, beat = 0 WHERE holder = ? AND beat = ?`, [
      holder,
      dead.holder,
      dead.beat,
    ]),
  )
  return affectedRows === 1
}

function beat(ds: DataSource, holder: string): () => Promise<void> {
  let last: Promise<unknown> | undefined
  const timer = setInterval(() => {
    last ??= ds
      .query(`UPDATE ${CLAIMS} SET beat = beat + 1 WHERE holder = ?`, [holder])
      .catch(() => undefined) // the next beat tells as well
      .finally(() => (last = undefined))
  }, BEAT_MS)
  return async () => {
    clearInterval(timer)
    await last
  }
}
