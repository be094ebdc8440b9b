/**
 * Moves keys and values to a new master key or another algorithm while the service runs.
 *
 * Every step takes a few rows, reseals them outside any transaction and writes each only if it is still what was read: a
 * row changed or erased meanwhile is left alone. What is done is visible in the rows themselves, so a stopped run is
 * resumed by running it again. The trail is never touched: its rows are signed, and their values keep the algorithm and
 * the personal key they were sealed with.
 */
import { Like, MoreThan, Not, type EntityManager, type FindOptionsWhere, type ObjectLiteral } from 'typeorm'
import { type AlgorithmId, SealBroken, sealedPrefix } from './algorithms.js'
import { addMasterKey } from './keyFile.js'
import { type Keyring, KeyringBroken } from './keyring.js'
import type { PersonalColumn } from './personalColumns.js'
import { loadPersonalKeys, openPersonal, rewrap, sealPersonal } from './personalKeys.js'
import { PersonKey } from './personKey.js'

export interface Tally {
  done: number
  /** Values of erased persons: their key is gone, they stay as they are. */
  erased: number
  /** Damaged rows, by id: left as they are. */
  broken: string[]
  isStopped: boolean
}

export interface Run {
  db: EntityManager
  keyring: Keyring
  /** Runs a short transaction; the caller's, with its retries. */
  transact: <T>(work: (db: EntityManager) => Promise<T>) => Promise<T>
  /** Stops after the rows in hand. */
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
  rowsPerStep?: number
}

/**
 * The master key to move to. File: a new one, unless an earlier rotation is unfinished. Environment: the first of
 * MASTER_KEYS, whatever state the rows are in.
 */
export async function chooseMasterKey(
  { db, keyring }: Pick<Run, 'db' | 'keyring'>,
  keyDir: string,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const isUnfinished = await db.exists(PersonKey, { where: { wrapId: Not(keyring.currentWrapId) } })
  if (keyring.source === 'environment' || isUnfinished) return { id: keyring.currentWrapId, isNew: false }
  return { id: addMasterKey(keyDir, now), isNew: true }
}

/** Wraps every personal key with the current master key (and `algorithm`, where given). */
export async function rewrapAll(run: Run, algorithm?: AlgorithmId): Promise<Tally> {
  const isOld: FindOptionsWhere<PersonKey>[] = [{ wrapId: Not(run.keyring.currentWrapId) }]
  if (algorithm) isOld.push({ algorithm: Not(algorithm) })
  return eachStep<PersonKey>(run, {
    total: () => run.db.count(PersonKey, { where: isOld }),
    after: (id, take) =>
      run.db.find(PersonKey, {
        where: isOld.map((where) => ({ ...where, id: MoreThan(id) })),
        order: { id: 'ASC' },
        take,
      }),
    change: async (rows, tally) => {
      const changes = rows.flatMap((row) => {
        const changed = unlessBroken(row.id, tally, () => rewrap(run.keyring, row, algorithm))
        return changed ? [{ id: row.id, wrapped: row.wrapped, changed }] : []
      })
      return run.transact(async (db) => {
        let written = 0
        for (const { id, wrapped, changed } of changes)
          written += (await db.update(PersonKey, { id, wrapped }, changed)).affected ?? 0
        return written
      })
    },
  })
}

/** Seals every value of one personal column with `algorithm`. */
export async function reencryptColumn(run: Run, target: PersonalColumn, algorithm: AlgorithmId): Promise<Tally> {
  const { entity, column, personIdColumn, field } = target
  const isOld = { [column]: Not(Like(`${sealedPrefix(algorithm)}%`)) }
  return eachStep<ObjectLiteral & { id: string }>(run, {
    total: () => run.db.count(entity, { where: isOld }),
    after: async (id, take) => {
      const select = { id: true, [column]: true, [personIdColumn]: true }
      const where = { ...isOld, id: MoreThan(id) }
      return (await run.db.find(entity, { select, where, order: { id: 'ASC' }, take })) as { id: string }[]
    },
    change: async (rows, tally) => {
      const keys = await loadPersonalKeys(
        run.db,
        run.keyring,
        rows.map((row) => row[personIdColumn]),
      )
      const changes = rows.flatMap((row) => {
        const personId: string = row[personIdColumn]
        const sealed: string = row[column]
        const key = keys.get(personId)
        if (!key) tally.erased++
        const resealed =
          key &&
          unlessBroken(row.id, tally, () =>
            sealPersonal(key, field, personId, openPersonal(key, field, personId, sealed), algorithm),
          )
        return resealed ? [{ id: row.id, sealed, resealed }] : []
      })
      return run.transact(async (db) => {
        let written = 0
        for (const { id, sealed, resealed } of changes)
          written += (await db.update(entity, { id, [column]: sealed }, { [column]: resealed })).affected ?? 0
        return written
      })
    },
  })
}

interface Steps<Row> {
  total(): Promise<number>
  after(id: string, take: number): Promise<Row[]>
  /** Answers how many rows were written. */
  change(rows: Row[], tally: Tally): Promise<number>
}

export async function eachStep<Row extends { id: string }>(run: Run, steps: Steps<Row>): Promise<Tally> {
  const tally: Tally = { done: 0, erased: 0, broken: [], isStopped: false }
  if (run.signal?.aborted) return { ...tally, isStopped: true }
  const total = await steps.total()
  const take = run.rowsPerStep ?? 100
  let last = ''
  let seen = 0
  for (;;) {
    if (run.signal?.aborted) return { ...tally, isStopped: true }
    const rows = await steps.after(last, take)
    if (rows.length === 0) return tally
    tally.done += await steps.change(rows, tally)
    last = rows.at(-1)!.id
    seen += rows.length
    run.onProgress?.(seen, Math.max(total, seen))
  }
}

export function unlessBroken<T>(id: string, tally: Tally, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SealBroken || error instanceof KeyringBroken)) throw error
    tally.broken.push(id)
    return undefined
  }
}
