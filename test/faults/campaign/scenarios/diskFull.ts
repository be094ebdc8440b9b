/** The disk fills up to the last byte under load, and somebody makes room: refusals in plain words meanwhile, reading goes on. */
import { setTimeout as delay } from 'node:timers/promises'
import { type MariaDb, startMariaDb } from '../../../mariadb.js'
import { post } from '../../asking.js'
import { freeOf, smallDisk, type SmallDisk } from '../smallDisk.js'
import type { Scenario, Stage } from '../stage.js'
import type { Storage } from '../storages.js'

const WRITES = 60
const PATIENCE_MS = 60_000

interface Small {
  disk: SmallDisk
  /** Whose data are on it, where it is not the service's own. */
  server?: MariaDb
}

/** The small disk of each storage under trial. */
const disks = new WeakMap<Storage, Small>()

/** How the service answers somebody who logs in: a command that everybody may send, and that writes. */
const login = async ({ fleet }: Stage) => {
  const { status, body } = await post(fleet.urls()[0] ?? '', 'session.login', { code: 'demo:asker-1' })
  return status === 200 ? 'taken' : `${status} ${String(body.type).replace('urn:problem:', '')}`
}

async function until(stage: Stage, holds: (answer: string) => boolean, what: string): Promise<string> {
  const since = performance.now()
  for (;;) {
    const answer = await login(stage)
    if (holds(answer)) return answer
    if (performance.now() - since > PATIENCE_MS) throw new Error(`${what}: a login is ${answer}`)
    await delay(100)
  }
}

const look = async (url: string, token?: string) => {
  const response = await fetch(url, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(15_000),
  })
  const body = (await response.json()) as { type?: string }
  return `${response.status}${body.type === undefined ? '' : ` ${body.type.replace('urn:problem:', '')}`}`
}

async function fillAndFree(stage: Stage, { disk: small, server }: Small): Promise<void> {
  const { fleet, place, load, seconds, progress, remark } = stage
  const [url = ''] = fleet.urls()
  await small.fill()
  const refusal = await until(stage, (answer) => answer !== 'taken', 'the disk is full')
  await small.fill()
  await delay((seconds * 1000) / 4)
  const list = await look(`${url}/api/case.list?scope=mine`, place.cast.askers[0]?.token)
  const ready = await look(`${url}/health/ready`)
  const live = await look(`${url}/health/live`)
  const state = server === undefined ? '' : `, mariadbd ${server.isRunning ? 'runs' : 'has ended itself'}`
  remark(
    `full (${freeOf(small.folder)} bytes left): login ${refusal}, list ${list}, ready ${ready}, live ${live}${state}`,
  )
  if (!refusal.startsWith('503')) load.ledger.surprise(`on a full disk a login is answered ${refusal}`)
  if (!ready.startsWith('503')) load.ledger.surprise(`on a full disk the service says it is ready: ${ready}`)
  if (live !== '200') load.ledger.surprise(`on a full disk the service says it is dead: ${live}`)
  if (server === undefined && list !== '200') load.ledger.surprise(`on a full disk nothing can be read: ${list}`)
  await small.makeRoom()
  // What systemd does for a server that has ended itself.
  if (server && !server.isRunning) await server.restart()
  await until(stage, (answer) => answer === 'taken', 'there is room again')
  await progress(WRITES)
}

async function fillUp(stage: Stage, times: number): Promise<void> {
  await stage.progress(WRITES)
  stage.faultBegins()
  for (let round = 0; round < times; round += 1) {
    const small = disks.get(stage.storage)
    if (!small) throw new Error('there is no small disk')
    await fillAndFree(stage, small)
  }
}

const MEGABYTES = { embedded: 48, MariaDB: 320 }

export const diskFull: Scenario = {
  name: 'disk full',
  about: 'the disk under DATA_DIR is filled to the last byte under load, twice: 503 meanwhile, reads go on, no restart',
  on: ['embedded'],
  deadlineS: 240,
  async around(storage) {
    const small = await smallDisk(MEGABYTES.embedded)
    disks.set(storage, { disk: small })
    return { within: small.folder, clear: () => small.remove() }
  },
  run: (stage) => fillUp(stage, 2),
}

export const databaseDiskFull: Scenario = {
  name: 'database disk full',
  about: "the disk under MariaDB's data is filled to the last byte under load; if it ends itself it is started again",
  on: ['MariaDB'],
  deadlineS: 300,
  async around(storage) {
    const small = await smallDisk(MEGABYTES.MariaDB)
    let server: MariaDb | undefined
    const clear = async () => {
      await server?.kill()
      await server?.stop()
      small.remove()
    }
    try {
      server = await startMariaDb({ isDurable: true, within: small.folder })
      disks.set(storage, { disk: small, server })
      return { url: await server.createDatabase('small'), clear }
    } catch (error) {
      await clear()
      throw error
    }
  },
  run: (stage) => fillUp(stage, 1),
}
