/** Whoever holds back bytes holds up neither the others nor the memory. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { pdf } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { type Caller, type World, world } from '../world.js'

const STALL_MS = 400

describe('bytes that are slow to come', () => {
  let w: World
  let sockets: Socket[]
  before(async () => {
    const intake = { uploadsInAll: 8, uploadStallMs: STALL_MS, refusedPatienceMs: 20, bodyMs: 200 }
    w = await world('embedded', { parts: { intake } })
  })
  beforeEach(() => {
    sockets = []
  })
  afterEach(() => {
    for (const socket of sockets) socket.destroy()
  })
  after(() => w.stop())

  /** What comes back for a request of which the end is never sent. */
  const begin = (head: string[], body = '') =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
      sockets.push(socket)
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
        if (answer.includes('\r\n\r\n')) resolve(answer)
      })
      socket.on('close', () => resolve(answer))
      socket.on('error', () => undefined)
      socket.write(`${[...head, 'Host: x', 'Content-Length: 900000'].join('\r\n')}\r\n\r\n${body}`)
    })
  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\n'
  const stalled = ({ token }: Caller) =>
    begin(
      ['POST /api/files HTTP/1.1', `Authorization: Bearer ${token}`, 'Content-Type: multipart/form-data; boundary=b'],
      part,
    )
  const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

  it('of twenty uploads of one person that stand still three are waited for, and the others told to try later', async () => {
    const sender = await w.as('stalling')
    const answers = await Promise.all(Array.from({ length: 20 }, () => stalled(sender)))
    const statuses = answers.map(statusOf)
    assert.equal(statuses.filter((status) => status === 408).length, 3)
    assert.equal(statuses.filter((status) => status === 429).length, 17)
    const refused = answers.filter((answer) => statusOf(answer) === 429)
    for (const answer of refused) assert.match(answer, /Retry-After: \d+/i)
    for (const answer of answers) assert.match(answer, /Connection: close/i)
    // Their places are free again, and everything goes as before.
    assert.equal((await upload(w, sender, pdf())).status, 200)
  })

  it('all together have no more places than there are, and somebody else is told to try later', async () => {
    const senders = await Promise.all(['one', 'two', 'three', 'four'].map((name) => w.as(name)))
    const answers = await Promise.all(senders.slice(0, 3).flatMap((sender) => [1, 2, 3].map(() => stalled(sender))))
    assert.deepEqual(answers.map(statusOf).sort(), [...Array.from({ length: 8 }, () => 408), 503])
    assert.match(answers.find((answer) => statusOf(answer) === 503) ?? '', /Retry-After: \d+/i)
    assert.equal((await upload(w, senders[3] as Caller, pdf())).status, 200)
  })

  it('an upload that moves on, however slowly, is taken', async () => {
    const sender = await w.as('slow')
    const bytes = pdf()
    const [head, tail] = [Buffer.from(part.slice(0, part.indexOf('%PDF'))), Buffer.from('\r\n--b--\r\n')]
    const whole = Buffer.concat([head, bytes, tail])
    const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
    sockets.push(socket)
    const answered = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())))
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sender.token}\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${whole.length}\r\n\r\n`,
    )
    const size = Math.ceil(whole.length / 6)
    for (let at = 0; at < whole.length; at += size) {
      await delay(STALL_MS / 4)
      socket.write(whole.subarray(at, at + size))
    }
    assert.equal(statusOf(await answered), 200)
  })

  it('a JSON body that does not arrive ends with 408', async () => {
    const small = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
      sockets.push(socket)
      socket.once('data', (chunk) => resolve(chunk.toString()))
      socket.write(
        'POST /api/session.login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
      )
    })
    assert.equal(statusOf(small), 408)
    assert.match(small, /urn:problem:tooSlow/)
    assert.match(small, /Connection: close/i)
  })
})

describe('bodies by the address they come from', () => {
  it('are counted before they are read', async () => {
    const w = await world('embedded', { env: { LIMIT_SCALE: '0.0005' } })
    const sockets: Socket[] = []
    try {
      const knock = () =>
        new Promise<string>((resolve) => {
          const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
          sockets.push(socket)
          socket.once('data', (chunk) => resolve(chunk.toString()))
          socket.write(
            'POST /api/session.login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
          )
        })
      assert.match(await Promise.race(Array.from({ length: 4 }, knock)), /^HTTP\/1\.1 429 /)
    } finally {
      for (const socket of sockets) socket.destroy()
      await w.stop()
    }
  })
})
