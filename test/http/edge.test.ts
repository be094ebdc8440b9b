import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import axios from 'axios'
import { type AnyJob, job } from '../../src/audit/jobKind.js'
import { enqueue } from '../../src/audit/queue.js'
import { startWorker } from '../../src/audit/worker.js'
import { transact } from '../../src/database/transaction.js'
import { jobs } from '../../src/jobs.js'
import { Job } from '../../src/audit/job.js'
import { project, staff } from '../factories.js'
import { freePort } from '../freePort.js'
import { type World, world } from '../world.js'

const isLetIn = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const knock = connect(port, host)
    knock.on('connect', () => {
      knock.destroy()
      resolve(true)
    })
    knock.on('error', () => resolve(false))
  })

const safe = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
}

describe('at the edge', () => {
  let w: World
  before(async () => {
    w = await world('embedded')
  })
  after(() => w.stop())

  it('every answer carries the safe headers, a trace id of its own, and says nothing of what serves it', async () => {
    const answers = [
      await w.http.get('/health/live'),
      await w.http.get('/api/unit.list'),
      await w.http.get('/api/session.me'),
      await w.http.get('/nowhere'),
      await w.http.post('/api/person.update', '{', { headers: { 'Content-Type': 'application/json' } }),
    ]
    for (const { headers } of answers) {
      for (const [name, value] of Object.entries(safe)) assert.equal(headers[name], value)
      assert.equal(headers['x-powered-by'], undefined)
      assert.equal(headers['server'], undefined)
    }
    assert.equal(new Set(answers.map(({ headers }) => headers['x-trace-id'])).size, answers.length)
  })

  it("what is one's own is kept nowhere on the way", async () => {
    const { headers } = await (await w.as('someone')).try('session.me', {})
    assert.equal(headers['cache-control'], 'no-store')
  })

  it('no other site may call from a browser', async () => {
    const headers = { Origin: 'https://elsewhere.example' }
    const plain = await w.http.get('/api/unit.list', { headers })
    assert.equal(plain.headers['access-control-allow-origin'], undefined)
    const asked = { ...headers, 'Access-Control-Request-Method': 'POST' }
    const preflight = await w.http.request({ method: 'OPTIONS', url: '/api/case.submit', headers: asked })
    assert.equal(preflight.headers['access-control-allow-origin'], undefined)
    assert.equal(preflight.headers['access-control-allow-methods'], undefined)
  })

  it('without a port for them, figures are nowhere', async () => {
    assert.equal((await w.http.get('/metrics')).status, 404)
  })
})

describe('at the edge, for a named site', () => {
  it('the site that is named may call, and no other', async () => {
    const w = await world('embedded', { env: { CORS_ORIGINS: 'https://console.example' } })
    try {
      const allowed = await w.http.get('/api/unit.list', { headers: { Origin: 'https://console.example' } })
      assert.equal(allowed.headers['access-control-allow-origin'], 'https://console.example')
      assert.match(String(allowed.headers['vary']), /Origin/)
      const preflight = await w.http.request({
        method: 'OPTIONS',
        url: '/api/case.submit',
        headers: { Origin: 'https://console.example', 'Access-Control-Request-Method': 'POST' },
      })
      assert.equal(preflight.status, 204)
      const other = await w.http.get('/api/unit.list', { headers: { Origin: 'https://console.example.evil' } })
      assert.equal(other.headers['access-control-allow-origin'], undefined)
    } finally {
      await w.stop()
    }
  })
})

describe('how often', () => {
  // 600 a minute for a person and 6000 for an address become 6 and 60.
  const scale = { LIMIT_SCALE: '0.01' }

  it('a person who asks too often waits, says for how long, and nobody else does', async () => {
    const w = await world('embedded', { env: scale })
    try {
      const [one, other] = [await w.as('hasty'), await w.as('calm')]
      const answers = []
      for (let n = 0; n < 7; n += 1) answers.push(await one.try('session.me', {}))
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200, 200, 200, 429],
      )
      const last = answers[6]
      assert.equal(last?.body.type, 'urn:problem:tooMany')
      const wait = Number(last?.headers['retry-after'])
      assert.ok(wait >= 1 && wait <= 60, String(wait))
      assert.equal((await other.try('session.me', {})).status, 200)
    } finally {
      await w.stop()
    }
  })

  it('an address that tries one token after the other waits too', async () => {
    const w = await world('embedded', { env: scale })
    try {
      const statuses = new Set<number>()
      for (let n = 0; n < 61; n += 1) {
        statuses.add((await w.nobody.try('session.me', {}, { Authorization: `Bearer guess-${n}` })).status)
      }
      assert.deepEqual([...statuses], [401, 429])
    } finally {
      await w.stop()
    }
  })

  it('whoever issues one service sheet after the other waits: each takes a second to draw, and notices wait behind', async () => {
    const w = await world('embedded', { env: { LIMIT_SCALE: '0.05' } })
    try {
      const { caller, postId } = await staff(w, { role: 'officer', unitId: 'tiexi' })
      const { id } = await project(w, { officerPostId: postId })
      const answers = []
      for (let n = 0; n < 4; n += 1) answers.push((await caller.try('project.issueSheet', { id })).status)
      assert.deepEqual(answers, [200, 200, 200, 429])
    } finally {
      await w.stop()
    }
  })

  const ask = async (w: World, address: string) =>
    (await w.http.get('/api/unit.list', { headers: { 'X-Forwarded-For': address } })).status

  it('a forwarded address counts where the proxy is trusted', async () => {
    const w = await world('embedded', { env: { ...scale, TRUSTED_PROXIES: '127.0.0.1' } })
    try {
      for (let n = 0; n < 60; n += 1) assert.equal(await ask(w, '198.51.100.1'), 200)
      assert.equal(await ask(w, '198.51.100.1'), 429)
      assert.equal(await ask(w, '198.51.100.2'), 200)
    } finally {
      await w.stop()
    }
  })

  it('and nowhere else: nobody escapes by naming other addresses', async () => {
    const w = await world('embedded', { env: scale })
    try {
      const statuses = []
      for (let n = 0; n < 61; n += 1) statuses.push(await ask(w, `198.51.100.${n}`))
      assert.equal(statuses.at(-1), 429)
      assert.equal(statuses.filter((status) => status === 200).length, 60)
    } finally {
      await w.stop()
    }
  })
})

describe('figures', () => {
  it('are served on a port of their own, by verb and class of status, and name nobody', async () => {
    const port = await freePort()
    const w = await world('embedded', { env: { METRICS_PORT: String(port) } })
    try {
      await w.http.get('/api/unit.list')
      await w.http.get('/api/session.me')
      const { data, headers } = await axios.get<string>(`http://127.0.0.1:${port}/metrics`, { proxy: false })
      assert.match(String(headers['content-type']), /^text\/plain/)
      assert.match(data, /shenhuan_answers_total\{verb="unit\.list",status="2xx"\} 1/)
      assert.match(data, /shenhuan_answers_total\{verb="session\.me",status="4xx"\} 1/)
      assert.match(data, /shenhuan_request_seconds_bucket\{le="0\.1",verb="unit\.list"\} \d/)
      assert.match(data, /shenhuan_request_seconds_bucket\{le="\+Inf",verb="unit\.list"\} 1/)
      const other = await axios.get(`http://127.0.0.1:${port}/api/unit.list`, {
        proxy: false,
        validateStatus: () => true,
      })
      assert.equal(other.status, 404)
    } finally {
      await w.stop()
    }
    await assert.rejects(axios.get(`http://127.0.0.1:${port}/metrics`, { proxy: false }), { code: 'ECONNREFUSED' })
  })
})

describe('stopping', () => {
  it('a request under way is answered, new connections are refused, and who idles is let go', async () => {
    const w = await world('embedded')
    const someone = await w.as('late')
    const agent = new Agent({ keepAlive: true })
    await axios.get(`${w.service.url}/health/live`, { httpAgent: agent, proxy: false })
    const { port, hostname } = new URL(w.service.url)
    const socket = connect(Number(port), hostname)
    const body = JSON.stringify({ name: '演示' })
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.write(
      [
        'POST /api/person.update HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${someone.token}`,
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Expect: 100-continue',
        '',
        '',
      ].join('\r\n'),
    )
    // The server asks for the body: the request is under way.
    while (!answer.includes('100 Continue')) await once(socket, 'data')
    let isStopped = false
    const stopping = w.stop().then(() => {
      isStopped = true
    })
    // Who had already knocked is still let in; then nobody is.
    while (await isLetIn(Number(port), hostname)) await new Promise((resolve) => setTimeout(resolve, 10))
    assert.equal(isStopped, false)
    answer = ''
    socket.write(body)
    await once(socket, 'close')
    assert.match(answer, /^HTTP\/1\.1 200 OK/)
    assert.match(answer, /connection: close/i)
    assert.match(answer, /"name":"演示"/)
    await stopping
    agent.destroy()
  })

  it('who has knocked and says nothing is not waited for', async function () {
    // Less than such a connection has for its headers.
    this.timeout(14_000)
    const w = await world('embedded')
    const { port, hostname } = new URL(w.service.url)
    const silent = connect(Number(port), hostname)
    await once(silent, 'connect')
    const closed = once(silent, 'close')
    await w.stop()
    await closed
  })

  it('jobs that wait for somebody outside hold up nobody else', async () => {
    const w = await world('embedded')
    const { house } = w.service
    let open: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let done: () => void = () => {}
    const isDone = new Promise<void>((resolve) => {
      done = resolve
    })
    const kinds = jobs as Record<string, AnyJob>
    kinds['test.silence'] = job({ outside: () => gate, handle: async () => undefined })
    kinds['test.ours'] = job({ handle: async () => done() })
    try {
      await w.drainJobs()
      const many = Array.from({ length: 20 }, () => ({ kind: 'test.silence', payload: {} }))
      await transact(house.ds, (db) => enqueue(db, [...many, { kind: 'test.ours', payload: {} }], house.now()))
      const worker = startWorker(house)
      await isDone
      open()
      while ((await house.ds.manager.countBy(Job, { kind: 'test.silence', state: 'done' })) < many.length) {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      await worker.stop()
    } finally {
      delete kinds['test.silence']
      delete kinds['test.ours']
      await w.stop()
    }
  })

  it('a job in hand ends before the database is let go, and no other is begun', async () => {
    const w = await world('embedded')
    const { house } = w.service
    let open: () => void = () => {}
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let begin: () => void = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const kinds = jobs as Record<string, AnyJob>
    kinds['test.slow'] = job<object, true>({
      claim: async () => true,
      outside: async () => {
        begin()
        await gate
      },
      handle: async () => undefined,
    })
    try {
      const write = (kind: string) => transact(house.ds, (db) => enqueue(db, [{ kind, payload: {} }], house.now()))
      await w.drainJobs()
      await write('test.slow')
      const worker = startWorker(house)
      await begun
      const stopping = worker.stop()
      await write('house.forgetKeys')
      open()
      await stopping
      const states = await house.ds.manager.find(Job, {
        where: [{ kind: 'test.slow' }, { kind: 'house.forgetKeys', state: 'ready' }],
      })
      assert.deepEqual(states.map(({ kind, state }) => [kind, state]).sort(), [
        ['house.forgetKeys', 'ready'],
        ['test.slow', 'done'],
      ])
    } finally {
      delete kinds['test.slow']
      await w.stop()
    }
  })
})
