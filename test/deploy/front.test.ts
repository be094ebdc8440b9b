/** nginx with the product's own configuration in front of two processes on one MariaDB: what clients notice of it. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import axios from 'axios'
import { databases } from '../databases.js'
import { type Ask, asks, post, send } from '../faults/asking.js'
import { type Ground, ground } from '../faults/ground.js'
import { type Running, run } from '../faults/running.js'
import { pdf } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { freePort } from '../freePort.js'
import { type Nginx, startNginx } from '../nginx.js'
import { type Caller, type World, world } from '../world.js'

const UNIT = new URL('../../src/deploy/shenhuan@.service', import.meta.url)
const CLIENTS = 8
const MB = 1024 * 1024

describe('two processes behind nginx', function () {
  this.timeout(300_000)
  let place: Ground
  let nginx: Nginx
  let start: (n: number) => Promise<Running>
  let both: Running[]

  before(async () => {
    place = await ground(await databases['MariaDB']?.())
    const ports = [await freePort(), await freePort()]
    // The time a stop takes is the unit's own, so that the two files are tried together.
    const drain = /^Environment=DRAIN_SECONDS=(\d+)$/m.exec(await readFile(UNIT, 'utf8'))?.[1] ?? ''
    const env = { ...place.env, TRUSTED_PROXIES: '127.0.0.1', DRAIN_SECONDS: drain }
    start = (n) => run({ ...env, PORT: String(ports[n]) })
    both = await Promise.all([start(0), start(1)])
    nginx = await startNginx(both.map(({ url }) => url))
  })
  after(async () => {
    await Promise.all(both.map((one) => one.kill()))
    await nginx.stop()
    await place.end()
  })

  it('one is killed: the other takes over what was under way, and no command is done twice', async () => {
    const sent: Ask[] = []
    const load = many(async () => {
      const [ask] = asks(place.tokens.slice(sent.length % place.tokens.length), 1)
      if (!ask) return
      sent.push(ask)
      await untilAnswered(nginx.plainUrl, ask)
    })
    await until(() => sent.length > 5 * CLIENTS)
    await both[0]?.kill()
    const before = sent.length
    await until(() => sent.length > before + 5 * CLIENTS)
    await load.end()
    const passedOn = nginx.log().match(/"tries":"502, 200"/g) ?? []
    assert.ok(passedOn.length > 0, 'some commands were sent on to the other process')
    both[0] = await start(0)

    for (const ask of sent) {
      const { status, body } = await send(nginx.plainUrl, ask)
      assert.deepEqual([status, body.id], [200, ask.caseId], 'the same key, the first answer again')
    }
    const settled = await place.settle()
    for (const ask of sent) assert.deepEqual(settled.casesOf(ask), [ask.caseId], ask.title)
    assert.equal(settled.cases, sent.length)
    assert.deepEqual(settled.findings, [])
  })

  it('they are restarted one after the other: not one request fails, whether it may be repeated or not', async () => {
    const mark = nginx.log().split('\n').length - 1
    const statuses = new Map<string, number>()
    let count = 0
    const note = (what: string, status: number) => {
      const name = `${what} ${status}`
      statuses.set(name, (statuses.get(name) ?? 0) + 1)
      count += 1
    }
    const { plainUrl } = nginx
    const ways: Record<string, (token: string) => Promise<number>> = {
      'GET guide.search': async () => (await axios.get(`${plainUrl}/api/guide.search?q=hp`, quiet)).status,
      'POST with a key': async (token) => {
        const [ask] = asks([token], 1)
        return ask ? (await send(plainUrl, ask)).status : 0
      },
      'POST without a key': async (token) => {
        const body = {
          category: 'procedure',
          title: '没有编号的提交',
          text: '请问要准备什么？',
          districtCode: '210106',
        }
        return (await post(plainUrl, 'case.submit', body, { Authorization: `Bearer ${token}` })).status
      },
      'an upload': async (token) => {
        const form = new FormData()
        form.append('file', new Blob([new Uint8Array(pdf())]), '环评.pdf')
        const headers = { Authorization: `Bearer ${token}` }
        return (await axios.post(`${plainUrl}/api/files`, form, { ...quiet, headers })).status
      },
    }
    const load = many(async (client, round) => {
      const [what, way] = Object.entries(ways)[round % 4] ?? []
      if (!what || !way) return
      note(what, await way(place.tokens[client % place.tokens.length] ?? '').catch(() => 0))
      // So that connections idle now and then: those are the ones a stop could break.
      await delay(Math.random() * 100)
    })
    for (const n of [0, 1]) {
      const before = count
      await until(() => count > before + 5 * CLIENTS)
      assert.equal(await both[n]?.stop(), 0)
      both[n] = await start(n)
    }
    const before = count
    await until(() => count > before + 5 * CLIENTS)
    await load.end()
    const failed = nginx
      .log()
      .split('\n')
      .slice(mark)
      .filter((line) => line !== '' && !line.includes('"status":200'))
    assert.deepEqual(failed, [])
    assert.deepEqual(
      [...statuses.keys()].sort(),
      Object.keys(ways)
        .map((what) => `${what} 200`)
        .sort(),
    )
  })

  it('both are gone: the sentence is ours, and says to try again', async () => {
    await Promise.all(both.map((one) => one.kill()))
    for (const headers of [{}, { 'Idempotency-Key': 'twelve-letters' }]) {
      const answer = await axios.post(`${nginx.plainUrl}/api/session.login`, { code: 'demo:x' }, { ...quiet, headers })
      assert.equal(answer.status, 503)
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
      assert.ok(Number(answer.headers['retry-after']) > 0)
      assert.deepEqual(answer.data, {
        type: 'urn:problem:unavailable',
        title: '服务暂时不可用，请稍后再试',
        status: 503,
        errors: [],
      })
    }
  })
})

describe('the site of nginx', function () {
  this.timeout(120_000)
  let w: World
  let nginx: Nginx
  let through: World
  let sender: Caller

  before(async () => {
    w = await world('MariaDB', { env: { TRUSTED_PROXIES: '127.0.0.1', LIMIT_SCALE: '0.02' } })
    nginx = await startNginx([w.service.url])
    through = { ...w, http: axios.create({ ...quiet, baseURL: nginx.plainUrl, maxBodyLength: Infinity }) }
    sender = await w.as('sender')
  })
  after(async () => {
    await nginx.stop()
    await w.stop()
  })

  it('lets files of 10 MB through and leaves the refusal of larger ones to the service', async () => {
    const whole = Buffer.concat([pdf(), Buffer.alloc(10 * MB - pdf().length)])
    assert.equal((await upload(through, sender, whole)).status, 200)
    for (const size of [11 * MB, 30 * MB]) {
      const { status, body, headers } = await upload(through, sender, Buffer.concat([pdf(), Buffer.alloc(size)]))
      assert.equal(status, 413)
      assert.match(String(headers['content-type']), /^application\/problem\+json/)
      assert.match(body.title, /10 MB/)
    }
  })

  it('ends what no phone sends with a sentence of ours', async () => {
    const huge = await through.http.post('/api/files', Buffer.alloc(65 * MB))
    const command = await through.http.post('/api/case.submit', Buffer.alloc(2 * MB))
    for (const { status, data, headers } of [huge, command]) {
      assert.equal(status, 413)
      assert.match(String(headers['content-type']), /^application\/problem\+json/)
      assert.equal(data.title, '内容太大，请缩小后再试')
    }
  })

  it('names the one who asks: another address in each request is still one', async () => {
    // 600 logins in a minute from one address, by LIMIT_SCALE twelve.
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const headers = { 'X-Forwarded-For': `203.0.113.${n}`, 'X-Real-IP': `203.0.113.${n}` }
        return (await through.http.post('/api/session.login', { code: 'demo:liar' }, { headers })).status
      }),
    )
    assert.ok(statuses.filter((status) => status === 200).length <= 12)
    assert.ok(statuses.includes(429))
  })

  it('shows neither figures nor health to the outside', async () => {
    for (const path of ['/metrics', '/metrics/', '/health/ready', '/health/live']) {
      const { status, data } = await through.http.get(path)
      assert.deepEqual([status, data.title], [404, '没有这个地址'], path)
    }
    assert.equal((await w.http.get('/health/ready')).status, 200, 'the service itself answers')
  })

  it('writes down who asked what, and nothing of the query', async () => {
    await through.http.get('/api/guide.search?q=%E5%96%B7%E6%BC%86&limit=3')
    const lines = nginx.log().trim().split('\n')
    const last = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>
    assert.equal(last['path'], '/api/guide.search')
    assert.equal(last['address'], '127.0.0.1')
    assert.match(String(last['traceId']), /^[0-9a-f]{8}-/)
    assert.ok(!nginx.log().includes('%E5%96'))
  })

  it('speaks HTTP/2 over TLS 1.2 and 1.3, and nothing older', async () => {
    const session = connectHttp2(nginx.url, { ca: nginx.certificate })
    const status = await new Promise((resolve, reject) => {
      session.once('error', reject)
      session.request({ ':path': '/api/guide.search?q=hp' }).once('response', (head) => resolve(head[':status']))
    })
    session.close()
    assert.equal(status, 200)
    assert.equal(await handshake(nginx, 'localhost', 'TLSv1.2'), 'TLSv1.2')
    assert.equal(await handshake(nginx, 'localhost', 'TLSv1.3'), 'TLSv1.3')
    assert.match(await handshake(nginx, 'localhost', 'TLSv1.1'), /protocol|version|unsupported/i)
    assert.match(await handshake(nginx, 'other.example', 'TLSv1.3'), /unrecognized/i)
  })
})

/** Its connections are its own: on those that it keeps, axios leaves a time-out to whoever uses them next. */
const quiet = { validateStatus: () => true, proxy: false, timeout: 60_000, httpAgent: new Agent() } as const

/** Sends it until it is answered, as the mini-program does: the same key, a short wait. */
async function untilAnswered(url: string, ask: Ask): Promise<void> {
  for (;;) {
    const status = await send(url, ask).then(
      (reply) => reply.status,
      () => 503,
    )
    if (status === 200) return
    assert.equal(status, 503, 'nothing but “try again”')
    await delay(50)
  }
}

/** So many clients, each doing one thing after the other until the end. A failure ends them all and is thrown by `end`. */
function many(work: (client: number, round: number) => Promise<void>) {
  let isOver = false
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let round = client; !isOver; round += 1) await work(client, round)
  })
  const all = Promise.all(clients).finally(() => {
    isOver = true
  })
  all.catch(() => undefined)
  return {
    async end() {
      isOver = true
      await all
    },
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(10)
}

/** The protocol agreed upon, or what was said against it. */
function handshake({ url, certificate }: Nginx, servername: string, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') {
  return new Promise<string>((resolve) => {
    const options = { ca: certificate, servername, minVersion: version, maxVersion: version } as const
    const socket = connectTls({ host: '127.0.0.1', port: Number(new URL(url).port), ...options }, () => {
      resolve(socket.getProtocol() ?? '')
      socket.destroy()
    })
    socket.once('error', (error) => resolve(error.message))
  })
}
