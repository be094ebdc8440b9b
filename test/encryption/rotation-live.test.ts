/** A new master key while people come, bind their phones and ask for their data: nobody notices. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import type { DataSource } from 'typeorm'
import { entities } from '../../src/database/entities.js'
import { openDatabase } from '../../src/database/source.js'
import { loadKeyring } from '../../src/encryption/keyring.js'
import { readKeyFile } from '../../src/encryption/keyFile.js'
import { loadPersonalKeys, newPersonalKey, openPersonal } from '../../src/encryption/personalKeys.js'
import { PersonKey } from '../../src/encryption/personKey.js'
import { Person } from '../../src/people/person.js'
import { personalFields } from '../../src/people/personal.js'
import { databases } from '../databases.js'
import { logIn, post } from '../faults/asking.js'
import { built } from '../faults/built.js'
import { type Ground, ground } from '../faults/ground.js'
import { type Running, run } from '../faults/running.js'

/** People besides those of the test, so that a rotation takes long enough to be killed in. */
const OTHERS = 3000
const AT_ONCE = 3
/** People pause: the rotation has the processor as well. */
const PAUSE_MS = 200

/** `npm run rotate-keys`: what it said, and its exit code; null where it was killed. */
async function rotate(env: Record<string, string>, onLine: (child: ChildProcess, line: string) => void = () => {}) {
  const command = join(await built(), 'encryption', 'rotate.js')
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = spawn(process.execPath, [command], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      onLine(child, data.toString())
    })
    child.once('close', (code) => resolve({ code, said }))
  })
}

const killHalfWay = (child: ChildProcess, line: string) => {
  if (/（[1-9]\d%）/.test(line)) child.kill('SIGKILL')
}

interface Load {
  urls: string[]
  /** Phone numbers by person, as acknowledged. */
  phones: Map<string, string>
  wrong: string[]
  turn(): Promise<void>
  end(): Promise<void>
}

let people = 0

/** Each round is a new person: logs in, binds a phone, and is shown it by another process. */
function startLoad(urls: string[]): Load {
  const agent = new Agent({ keepAlive: true })
  const load = { urls, phones: new Map<string, string>(), wrong: [] as string[] }
  let rounds = 0
  let isOver = false
  const next = () => load.urls[Math.floor(Math.random() * load.urls.length)] ?? ''
  const round = async () => {
    const phone = `1380${String(1_000_000 + people++)}`
    const { token, personId } = await logIn(next(), `person-${phone}`)
    const headers = { Authorization: `Bearer ${token}` }
    const command = { ...headers, 'Idempotency-Key': uuid() }
    const bound = await post(next(), 'person.bindPhone', { code: `phone:${phone}` }, command, agent)
    if (bound.status !== 200) return void load.wrong.push(`bindPhone: ${bound.status} ${JSON.stringify(bound.body)}`)
    load.phones.set(personId, phone)
    const exported = await fetch(`${next()}/api/person.export`, { headers })
    const text = await exported.text()
    if (exported.status !== 200 || !text.includes(phone)) load.wrong.push(`export: ${exported.status} ${text}`)
    // Somebody who came earlier, and whose key has been wrapped anew meanwhile or is about to be.
    const again = await fetch(`${next()}/api/session.me`, { headers })
    const me = (await again.json()) as { phone?: string }
    if (me.phone?.slice(-4) !== phone.slice(-4)) load.wrong.push(`me: ${again.status} ${JSON.stringify(me)}`)
  }
  let failed: unknown
  const working = Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (!isOver) {
        await round()
        rounds += 1
        await delay(PAUSE_MS)
      }
    }),
  ).catch((error: unknown) => {
    failed = error
  })
  const turn = async () => {
    const goal = rounds + 2 * AT_ONCE
    while (rounds < goal) {
      if (failed) throw failed
      await delay(20)
    }
  }
  const end = async () => {
    isOver = true
    await working
    agent.destroy()
    if (failed) throw failed
  }
  return Object.assign(load, { turn, end })
}

describe('a rotation of the master key while people are served', function () {
  this.timeout(600_000)
  let place: Ground
  let ds: DataSource
  let keyDir: string
  const running: Running[] = []

  async function prepare(url: string | undefined, env: Record<string, string> = {}): Promise<void> {
    place = await ground(url)
    Object.assign(place.env, env)
    keyDir = join(place.env['DATA_DIR'] ?? '', 'keys')
    ds = await openDatabase({ url, dataDir: place.env['DATA_DIR'] ?? '', entities, migrations: [] })
  }
  afterEach(async () => {
    for (const one of running.splice(0)) await one.kill()
    if (ds?.isInitialized) await ds.destroy()
    await place?.end()
  })

  const start = async (env = place.env) => {
    const one = await run(env)
    running.push(one)
    return one
  }
  const stop = async (one: Running) => {
    running.splice(running.indexOf(one), 1)
    assert.equal(await one.stop(), 0)
  }
  const keyring = (masterKeys?: string) =>
    loadKeyring({ ...(masterKeys === undefined ? {} : { keysFromEnv: masterKeys }), keyDir, allowGenerate: false })
  async function fill(masterKeys?: string): Promise<void> {
    const ring = keyring(masterKeys)
    const rows = Array.from({ length: OTHERS }, () => newPersonalKey(ring, uuid(), new Date()).row)
    for (let from = 0; from < rows.length; from += 500) await ds.manager.insert(PersonKey, rows.slice(from, from + 500))
  }
  const wrapIds = async () =>
    new Set((await ds.manager.find(PersonKey, { select: { id: true, wrapId: true } })).map(({ wrapId }) => wrapId))
  /** Everybody's phone, opened by one master key alone. */
  async function assertReadable(masterKeys: string, phones: Map<string, string>): Promise<void> {
    const ring = keyring(masterKeys)
    const everybody = await ds.manager.find(Person)
    const keys = await loadPersonalKeys(ds.manager, ring, [...phones.keys()])
    for (const [id, phone] of phones) {
      const sealed = everybody.find((one) => one.id === id)?.phoneSealed ?? ''
      assert.equal(openPersonal(keys.get(id), personalFields.phone, id, sealed), phone)
    }
    const all = await ds.manager.find(PersonKey)
    await loadPersonalKeys(
      ds.manager,
      ring,
      all.slice(0, 500).map(({ personId }) => personId),
    )
  }

  it('on the embedded database, with the key file: killed half way, and run again', async () => {
    await prepare(undefined)
    await fill()
    const service = await start()
    const load = startLoad([service.url])
    await load.turn()
    const [before] = readKeyFile(keyDir)?.master ?? []

    const first = await rotate(place.env, killHalfWay)
    assert.equal(first.code, null, first.said)
    await load.turn()
    assert.equal((await wrapIds()).size, 2)
    const second = await rotate(place.env)
    assert.equal(second.code, 0, second.said)
    assert.match(second.said, /换到主密钥 k2-/)
    await load.turn()
    await load.end()
    assert.deepEqual(load.wrong, [])
    await stop(service)

    const file = readKeyFile(keyDir)
    assert.equal(file?.master.length, 2)
    const [current] = file?.master ?? []
    assert.notEqual(current?.id, before?.id)
    assert.deepEqual(await wrapIds(), new Set([current?.id]))
    const onlyNew = `${current?.id}:${current?.key.toString('base64')},base:${file?.base.toString('base64')}`
    await assertReadable(onlyNew, load.phones)
  })

  it('on MariaDB, with MASTER_KEYS and two processes: in two steps, and never by one process alone', async () => {
    const secret = () => randomBytes(32).toString('base64')
    const [k1, k2, base] = [`k1:${secret()}`, `k2:${secret()}`, `base:${secret()}`]
    const url = await databases['MariaDB']?.()
    await prepare(url, {})
    // The people of the ground are of its key file: here everybody is new.
    await ds.manager.clear(PersonKey)
    await ds.manager.clear(Person)
    await ds.query('DELETE FROM session')
    await fill([k1, base].join())
    const having = (...keys: string[]) => ({ ...place.env, MASTER_KEYS: [...keys, base].join() })
    // The first step is half done: one of them can open with the new key already.
    let twins = [await start(having(k1)), await start(having(k1, k2))]
    const load = startLoad(twins.map((one) => one.url))
    await load.turn()
    const replace = async (those: Running[], ...keys: string[]) => {
      for (const old of those) {
        load.urls = twins.filter((one) => one !== old).map((one) => one.url)
        await load.turn()
        await stop(old)
        const fresh = await start(having(...keys))
        twins = twins.map((one) => (one === old ? fresh : one))
        load.urls = twins.map((one) => one.url)
      }
      await load.turn()
    }

    // One that seals with a key that the others lack does not start; nor is anything wrapped with it.
    await assert.rejects(start(having(k2, k1)), /ended with 1/)
    const early = await rotate(having(k2, k1))
    assert.equal(early.code, 2)
    assert.match(early.said, /还有服务进程没有这把主密钥/)
    assert.deepEqual(await wrapIds(), new Set(['k1']))

    await replace(twins.slice(0, 1), k1, k2)
    await replace(twins, k2, k1)
    const first = await rotate(having(k2, k1), killHalfWay)
    assert.equal(first.code, null, first.said)
    await load.turn()
    assert.deepEqual(await wrapIds(), new Set(['k1', 'k2']))
    const second = await rotate(having(k2, k1))
    assert.equal(second.code, 0, second.said)
    await load.turn()
    assert.deepEqual(await wrapIds(), new Set(['k2']))
    await load.end()
    assert.deepEqual(load.wrong, [])
    await assertReadable([k2, base].join(), load.phones)
    assert.ok(load.phones.size > 20)
  })
})
