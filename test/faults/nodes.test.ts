/** Two service processes on one cluster, each on a node of its own: what one does counts for the other, and nothing happens twice. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import type { GuideContent } from '../../src/guides/content.js'
import { Delivery } from '../../src/notices/delivery.js'
import { tell } from '../../src/notices/tell.js'
import { demoOpenid } from '../../src/wechat/sandbox/people.js'
import { staff, write } from '../factories.js'
import { type Galera, startGalera } from '../galera.js'
import { type Caller, type World, world } from '../world.js'

const DATABASE = 'nodes'
const READERS = 30
const template = { key: 'caseSigned', id: 'demo-case-signed' }

describe('two services on different nodes of a cluster', function () {
  this.timeout(180_000)
  let cluster: Galera
  let dataDir: string
  let here: World
  let there: World

  before(async () => {
    cluster = await startGalera({ isPatient: true })
    await cluster.createDatabase(DATABASE)
    dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-nodes-'))
    const secret = () => randomBytes(32).toString('base64')
    const shared = { DATA_DIR: dataDir, MASTER_KEYS: `k1:${secret()},base:${secret()}`, LIMIT_SCALE: '1' }
    const [first, second] = cluster.nodes
    // At the same moment, on an empty database: one of them brings it to its schema, and each seed is laid once.
    ;[here, there] = (await Promise.all(
      [first, second].map((node) => world('embedded', { env: { ...shared, DATABASE_URL: node.url(DATABASE) } })),
    )) as [World, World]
  })
  after(async () => {
    await Promise.all([here?.stop(), there?.stop()])
    await cluster?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const over = async (w: World, caller: Caller, verb: string, input: object) => {
    const headers = { Authorization: `Bearer ${caller.token}` }
    const { status, data } = await w.http.post(`/api/${verb}`, input, { headers })
    return { status, body: data }
  }
  const me = async (w: World, caller: Caller) =>
    (await w.http.get('/api/session.me', { headers: { Authorization: `Bearer ${caller.token}` } })).status

  it('share sessions: who logged in at one is known to the other at once, and who logged out no longer', async () => {
    for (let n = 0; n < 20; n++) {
      const somebody = await here.as(`somebody-${n}`)
      assert.equal(await me(there, somebody), 200)
      assert.equal((await over(there, somebody, 'session.logout', {})).status, 200)
      assert.equal(await me(here, somebody), 401)
    }
  })

  it('share limits: what was used up at one is refused by the other', async () => {
    const somebody = await here.as('impatient')
    const bind = async (w: World) => (await over(w, somebody, 'person.bindPhone', { code: 'none' })).status
    const statuses: number[] = []
    for (let n = 0; n < 10; n++) statuses.push(await bind(n % 2 === 0 ? here : there))
    assert.ok(!statuses.includes(429), String(statuses))
    assert.deepEqual([await bind(here), await bind(there)], [429, 429])
  })

  it('share what they know by heart: a guide published at one is soon read at the other', async () => {
    const clerk = (await staff(here, { role: 'clerk', unitId: 'branch-tiexi' })).caller
    const file = new URL('../../seeds/guides/zs-01-night-work.json', import.meta.url)
    const content = { ...(JSON.parse(await readFile(file, 'utf8')) as GuideContent), code: 'T-NODES' }
    const { id } = await clerk.call('guide.save', { content })
    await clerk.call('guide.submit', { id })
    await clerk.call('guide.review', { id, isPassed: true })
    await clerk.call('guide.file', { id, filingNumber: '备〔2026〕T' })
    await clerk.call('guide.publish', { id })
    const read = async (w: World) => (await w.nobody.try('guide.read', { code: 'T-NODES' })).status
    assert.equal(await read(here), 200)
    while ((await read(there)) !== 200) await delay(50)
  })

  it('take each job once, though neither sees what the other holds: every message leaves once', async () => {
    const openids: string[] = []
    const personIds: string[] = []
    for (let n = 0; n < READERS; n++) {
      const reader = await here.as(`reader-${n}`)
      personIds.push((await reader.call('session.me', {})).id)
      openids.push(demoOpenid(`reader-${n}`))
      for (const w of [here, there]) w.service.sandbox?.grant(demoOpenid(`reader-${n}`), template.id)
      await reader.call('notice.grant', { templates: [{ key: template.key, accepted: true }] })
    }
    await write(here, (db) =>
      tell(db, here.service.house.know, here.now(), {
        template: template.key,
        personIds,
        subjectKind: 'case',
        subjectId: uuid(),
        title: '诉求已签收',
        text: '您的诉求已由专员签收。',
        values: { number: 'QZ20261123-K7M4Q', title: '问', officer: '演示专员', dueOn: '2026-11-30' },
      }),
    )
    const done = await Promise.all([here.drainJobs(), there.drainJobs()])
    assert.ok(Math.min(...done) > 0, `one did all of them: ${String(done)}`)
    const sent = [here, there].flatMap((w) => w.service.sandbox?.sent.map(({ openid }) => openid) ?? [])
    assert.deepEqual(sent.toSorted(), openids.toSorted())
    const { ds } = here.service.house
    assert.equal(await ds.getRepository(Delivery).countBy({ state: 'sent' }), READERS)
    const jobs: unknown[] = await ds.query(
      `SELECT state, attempts, COUNT(*) AS n FROM job WHERE kind = 'notice.send' GROUP BY state, attempts`,
    )
    assert.deepEqual(jobs, [{ state: 'done', attempts: 1, n: READERS }])
  })
})
