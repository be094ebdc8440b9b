/** An upgrade that nobody stops for: a program as it is and a later one serve one database side by side. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DataSource } from 'typeorm'
import { entities } from '../../src/database/entities.js'
import { openDatabase } from '../../src/database/source.js'
import { loadKeyring } from '../../src/encryption/keyring.js'
import { databases } from '../databases.js'
import { type Ground, ground, prove } from '../faults/ground.js'
import { type Running, run } from '../faults/running.js'
import { startLoad } from './rolling/load.js'
import { buildPrograms } from './rolling/programs.js'

/** Cases before the next thing happens to the programs: each asks five times, so that it has been at every program. */
const PHASE = 5

describe('an upgrade in three steps', function () {
  this.timeout(600_000)
  let folder: string
  let programs: { old: string; later: string }
  let place: Ground
  let ds: DataSource
  const running: Running[] = []

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shenhuan-programs-'))
    programs = await buildPrograms(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))
  afterEach(async () => {
    for (const one of running.splice(0)) await one.kill()
    if (ds?.isInitialized) await ds.destroy()
    await place?.end()
  })

  async function prepare(url: string | undefined): Promise<void> {
    place = await ground(url)
    Object.assign(place.env, { PREVIEW: 'off' })
  }
  const open = async () => {
    const [url, dataDir] = [place.env['DATABASE_URL'], place.env['DATA_DIR'] ?? '']
    ds = await openDatabase({ url, dataDir, entities, migrations: [] })
  }
  const start = async (program: string) => {
    const one = await run(place.env, path.join(program, 'main.js'))
    running.push(one)
    return one
  }
  const stop = async (one: Running) => {
    running.splice(running.indexOf(one), 1)
    assert.equal(await one.stop(), 0)
  }
  /** Exit code, and all that it said. */
  const runs = (program: string, ...file: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(process.execPath, [path.join(program, ...file)], {
        env: { ...process.env, ...place.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()))
      child.once('close', (code) => resolve({ code, said }))
    })
  const contract = () => runs(programs.later, 'database', 'contract-command.js')
  const count = async (sql: string) => Number(((await ds.query(sql)) as { n: unknown }[])[0]?.n)
  const emptyLines = () => count('SELECT COUNT(*) AS n FROM case_entry WHERE channel IS NULL')
  const waiting = () => count(`SELECT COUNT(*) AS n FROM job WHERE kind = 'case.fillChannel' AND state <> 'done'`)
  const columns = async (table: string) => {
    const runner = ds.createQueryRunner()
    const names = (await runner.getTable(table))?.columns.map(({ name }) => name)
    await runner.release()
    return names ?? []
  }
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  it('on MariaDB, side by side under load: nothing lost, nobody turned away', async () => {
    await prepare(await databases['MariaDB']?.())
    await open()
    const before = await start(programs.old)
    const load = startLoad(place, [before.url])
    await load.more(PHASE)

    // Expand: the later one comes; the old one serves on, and another of its kind may still start.
    const after = await start(programs.later)
    load.urls = [before.url, after.url]
    await load.more(PHASE)
    const another = await start(programs.old)
    load.urls = [before.url, after.url, another.url]
    await load.more(PHASE)
    assert.ok((await columns('case_entry')).includes('channel'))
    assert.ok((await columns('session')).includes('createdAt'))

    // What the later one wrote for itself to do, the old ones left to it.
    await until(async () => (await waiting()) === 0)
    assert.ok((await count('SELECT COUNT(*) AS n FROM case_entry WHERE channel IS NOT NULL')) >= PHASE)
    const early = await contract()
    assert.match(early.said, /还有旧版本的服务进程在运行/)
    assert.equal(early.code, 1)

    // The old ones go; what they wrote last is filled in before the contraction.
    await load.more(PHASE)
    load.urls = [after.url]
    await load.turn()
    await stop(before)
    await stop(another)
    assert.ok((await emptyLines()) > 0)
    const unfilled = await contract()
    assert.match(unfilled.said, /lines have no channel yet/)
    assert.ok((await columns('session')).includes('createdAt'))
    await ds.query(`UPDATE job SET state = 'ready', payload = '{}', attempts = 0 WHERE uniqueKey = 'case.fillChannel'`)
    await until(async () => (await waiting()) === 0 && (await emptyLines()) === 0)

    // Contract, while the later one serves.
    const { code, said } = await contract()
    assert.match(said, /收尾完成/)
    assert.equal(code, 0)
    assert.equal((await columns('session')).includes('createdAt'), false)
    await load.more(PHASE)
    await load.end()

    const late = await runs(programs.old, 'main.js')
    assert.equal(late.code, 1)
    assert.match(late.said, /^数据库比程序新（ContractSessionBeginning1800000000003），请换用新版本的程序\n$/)

    assert.deepEqual(load.refused, [])
    await until(
      async () => (await count(`SELECT COUNT(*) AS n FROM job WHERE state = 'ready' AND dueAt <= NOW(3)`)) === 0,
    )
    await stop(after)
    const rows: { id: string; state: string }[] = await ds.query('SELECT id, state FROM help_case')
    assert.equal(rows.length, load.done.length)
    assert.deepEqual(
      rows.map(({ id, state }) => `${id} ${state}`).toSorted(),
      load.done.map(({ caseId }) => `${caseId} answered`).toSorted(),
    )
    assert.deepEqual(await ds.query(`SELECT kind, state, lastError FROM job WHERE state = 'dead'`), [])
    const dataDir = place.env['DATA_DIR'] ?? ''
    const keyring = loadKeyring({ keyDir: path.join(dataDir, 'keys'), allowGenerate: false })
    assert.deepEqual(await prove({ ds, know: { keyring }, config: { digestDir: path.join(dataDir, 'digests') } }), [])
  })
  it('on the embedded database, one after the other', async () => {
    await prepare(undefined)
    const answered: string[] = []
    const work = async (program: string) => {
      const one = await start(program)
      const load = startLoad(place, [one.url])
      await load.more(2)
      await load.end()
      assert.deepEqual(load.refused, [])
      answered.push(...load.done.map(({ caseId }) => caseId ?? ''))
      return one
    }
    const inside = async <T>(look: () => Promise<T>) => {
      await open()
      const found = await look()
      await ds.destroy()
      return found
    }
    await stop(await work(programs.old))
    const later = await work(programs.later)
    assert.match((await contract()).said, /服务正在运行，请先停止服务再收尾/)
    await stop(later)
    // The way back is open until the contraction.
    await stop(await work(programs.old))

    assert.match((await contract()).said, /lines have no channel yet/)
    await inside(() =>
      ds.query(`UPDATE job SET state = 'ready', payload = '{}', attempts = 0 WHERE uniqueKey = 'case.fillChannel'`),
    )
    const filling = await start(programs.later)
    await inside(() => until(async () => (await emptyLines()) === 0))
    await stop(filling)
    assert.match((await contract()).said, /收尾完成/)
    await stop(await work(programs.later))
    assert.match((await runs(programs.old, 'main.js')).said, /^数据库比程序新（ContractSessionBeginning1800000000003）/)

    const rows: { id: string }[] = await inside(() => ds.query(`SELECT id FROM help_case WHERE state = 'answered'`))
    assert.deepEqual(rows.map(({ id }) => id).toSorted(), answered.toSorted())
  })
})
