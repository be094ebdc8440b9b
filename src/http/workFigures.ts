/** For Prometheus: is what should happen by itself happening? Jobs, messages, backups, seals, the calendar. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Counter, Gauge, type Registry } from 'prom-client'
import { lastSealedDay } from '../audit/digest.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { instantParam, readInstant } from '../database/instants.js'
import type { House } from '../house.js'
import { discreetKinds } from '../jobs.js'
import { settlements } from '../news.js'
import { deliveryStates } from '../notices/delivery.js'
import { among } from './scopes.js'

/** Nothing waits so long while all is well. */
const LATE_MS = 5 * 60_000

/** Answers how to stop counting. */
export function measureWork(registry: Registry, house: House): () => void {
  const registers = [registry]
  const { ds, config } = house
  new Gauge({
    name: 'shenhuan_jobs',
    help: 'Jobs that are ready or dead; without those ready that follow from what informers do',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      const { sql, params } = among('kind', discreetKinds())
      const rows = await asked<{ state: string; n: number }[]>(
        ds.query(
          `SELECT state, COUNT(*) AS n FROM job WHERE state = 'dead' OR (state = 'ready' AND NOT (${sql})) GROUP BY state`,
          params,
        ),
      )
      if (!rows) return
      for (const state of ['ready', 'dead'])
        this.set({ state }, Number(rows.find((row) => row.state === state)?.n ?? 0))
    },
  })
  new Gauge({
    name: 'shenhuan_job_oldest_wait_seconds',
    help: 'For how long the job has been due that waits longest; one that follows from what an informer did counts late',
    registers,
    async collect() {
      this.remove()
      const { sql, params } = among('kind', discreetKinds())
      const late = instantParam(ds, new Date(house.now().getTime() - LATE_MS))
      const rows = await asked<{ dueAt: unknown }[]>(
        ds.query(`SELECT MIN(dueAt) AS dueAt FROM job WHERE state = 'ready' AND (dueAt < ? OR NOT (${sql}))`, [
          late,
          ...params,
        ]),
      )
      if (!rows) return
      const due = readInstant(rows[0]?.dueAt as Date | string | null)
      this.set(due === null ? 0 : Math.max(0, (house.now().getTime() - due.getTime()) / 1000))
    },
  })
  const messages = new Counter({
    name: 'shenhuan_messages_total',
    help: 'WeChat messages by what became of them; uncertain: the answer was lost, and it is never sent again',
    labelNames: ['outcome'],
    registers,
  })
  for (const outcome of deliveryStates.slice(2)) messages.inc({ outcome }, 0)
  new Gauge({
    name: 'shenhuan_backup_timestamp_seconds',
    help: 'When the newest backup in DATA_DIR/backups was made',
    registers,
    async collect() {
      this.remove()
      const newest = await newestBackup(join(config.dataDir, 'backups'))
      if (newest !== undefined) this.set(newest / 1000)
    },
  })
  new Gauge({
    name: 'shenhuan_digest_timestamp_seconds',
    help: 'The end of the last day whose trail was sealed',
    registers,
    async collect() {
      this.remove()
      const last = await asked<string | undefined>(lastSealedDay(house.ds.manager))
      if (last) this.set(instantAt(addDays(last, 1)).getTime() / 1000)
    },
  })
  new Gauge({
    name: 'shenhuan_calendar_announced',
    help: '1 where the year has its announced holidays, 0 where working days are provisional: this year and the next',
    labelNames: ['year'],
    registers,
    collect() {
      this.reset()
      const { calendar } = house.know
      const year = Number(dateOf(house.now()).slice(0, 4))
      for (const one of [year, year + 1]) {
        this.set({ year: String(one) }, calendar.isProvisional(`${one}-06-01`) ? 0 : 1)
      }
    },
  })
  return settlements.listen(({ outcome }) => messages.inc({ outcome }))
}

/** Without the database the other figures are still told; that it is away stands in `shenhuan_database_up`. */
const asked = <T>(query: Promise<unknown>): Promise<T | undefined> =>
  query.then(
    (rows) => rows as T,
    () => undefined,
  )

async function newestBackup(folder: string): Promise<number | undefined> {
  const names = await readdir(folder).catch(() => [])
  const times = names
    .filter((name) => /^shenhuan-.*\.tar$/.test(name))
    .map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0)
  const newest = Math.max(0, ...(await Promise.all(times)))
  return newest === 0 ? undefined : newest
}
