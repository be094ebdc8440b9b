/** Whether there is room to write: noticed when a write finds none, tried again whenever somebody asks. */
import { randomUUID } from 'node:crypto'
import { open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Gauge, type Registry } from 'prom-client'
import { Revision } from '../audit/revision.js'
import { transact } from '../database/transaction.js'
import type { House } from '../house.js'

export interface Room {
  /** A write has found no room. */
  missed(): void
  /** Whether writes are taken; where the last was refused, one is tried. */
  has(): Promise<boolean>
}

type Ground = Pick<House, 'config' | 'ds' | 'log'>

/** Nobody reads this revision: its count is what is written to see whether anything can be. */
const TRIAL = 'trial'
/** An answer of the largest kind, its trail and its jobs take a fraction of this. */
const TRIAL_BYTES = 1024 * 1024

export function watchRoom({ config, ds, log }: Ground): Room {
  let isShort = false
  let trial: Promise<boolean> | undefined

  async function tryToWrite(): Promise<boolean> {
    try {
      await writeFile(config.dataDir)
      await writeRow(ds)
    } catch {
      return false
    }
    isShort = false
    log.warn('there is room to write again')
    return true
  }

  return {
    missed() {
      if (!isShort) log.error('there is no room left to write: commands are refused until somebody makes some')
      isShort = true
    },
    async has() {
      if (!isShort) return true
      trial ??= tryToWrite().finally(() => {
        trial = undefined
      })
      return trial
    },
  }
}

async function writeFile(dir: string): Promise<void> {
  const path = join(dir, `${TRIAL}.${randomUUID()}`)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(Buffer.alloc(TRIAL_BYTES))
    await file.sync()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

const writeRow = (ds: House['ds']) =>
  transact(ds, async (db) => {
    const { affected } = await db.update(Revision, { name: TRIAL }, { count: () => 'count + 1' })
    if (affected !== 1) await db.insert(Revision, { name: TRIAL, count: 1 })
  })

/** What an alarm should hang on, best before there is no room left. A database server's disk is watched where it is. */
export function measureRoom(registry: Registry, room: Room, dataDir: string): void {
  new Gauge({
    name: 'shenhuan_disk_free_bytes',
    help: 'Bytes that the service can still write under DATA_DIR',
    registers: [registry],
    async collect() {
      const { bavail, bsize } = await statfs(dataDir)
      this.set(bavail * bsize)
    },
  })
  new Gauge({
    name: 'shenhuan_full',
    help: '1 while commands are refused because there is no room to write',
    registers: [registry],
    async collect() {
      this.set((await room.has()) ? 0 : 1)
    },
  })
}
