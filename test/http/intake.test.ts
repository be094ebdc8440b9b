/** Whoever holds back bytes holds up neither the others nor the memory. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { pdf } from '../files/samples.js'
import { upload } from '../files/upload.js'
import { type Caller, type World, world } from '../world.js'

/** Begun and left standing: whatever has an end in it is sent by `finish` alone. */
interface Standing {
  /** All that came back until the head of the answer was whole, or the connection closed. */
  answer: Promise<string>
  finish(): void
}

const HEAD = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n')
const WHOLE = Buffer.concat([HEAD, pdf(), Buffer.from('\r\n--b--\r\n')])
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
const statusesOf = async (some: readonly Standing[]) =>
  (await Promise.all(some.map(({ answer }) => answer))).map(statusOf)

const sockets: Socket[] = []
function knock(w: World): Socket {
  const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1')
  sockets.push(socket)
  return socket
}

function beginUpload(w: World, { token }: Caller): Standing {
  const socket = knock(w)
  const answer = new Promise<string>((resolve) => {
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      if (heard.includes('\r\n\r\n')) resolve(heard)
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', () => undefined)
  })
  const headers = [
    'POST /api/files HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${token}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${WHOLE.length}`,
  ]
  socket.write(`${headers.join('\r\n')}\r\n\r\n`)
  socket.write(WHOLE.subarray(0, HEAD.length))
  return { answer, finish: () => socket.write(WHOLE.subarray(HEAD.length)) }
}

/** Once so many have been answered: those, and those that still stand. */
async function answeredFirst(some: readonly Standing[], count: number): Promise<[first: Standing[], rest: Standing[]]> {
  const first: Standing[] = []
  await new Promise<void>((resolve) => {
    for (const one of some) void one.answer.then(() => first.push(one) === count && resolve())
  })
  return [first, some.filter((one) => !first.includes(one))]
}

function hangUp(): void {
  for (const socket of sockets.splice(0)) socket.destroy()
}

describe('places for uploads', () => {
  let w: World
  before(async () => {
    // Nothing here ends by the clock.
    w = await world('embedded', {
      parts: { intake: { uploadsInAll: 8, uploadStallMs: 600_000, refusedPatienceMs: 20 } },
    })
  })
  afterEach(hangUp)
  after(() => w.stop())

  it('of twenty uploads of one person that stand still three are waited for, and the others told to try later', async () => {
    const sender = await w.as('stalling')
    const [refused, waiting] = await answeredFirst(
      Array.from({ length: 20 }, () => beginUpload(w, sender)),
      17,
    )
    for (const answer of await Promise.all(refused.map((one) => one.answer))) {
      assert.equal(statusOf(answer), 429)
      assert.match(answer, /Retry-After: \d+/i)
      assert.match(answer, /Connection: close/i)
    }
    for (const one of waiting) one.finish()
    assert.deepEqual(await statusesOf(waiting), [200, 200, 200])
    // Their places are free again, and everything goes as before.
    assert.equal((await upload(w, sender, pdf())).status, 200)
  })

  it('all together have no more places than there are, and somebody else is told to try later', async () => {
    const senders = await Promise.all(['one', 'two', 'three', 'four'].map((name) => w.as(name)))
    const [[refused], waiting] = await answeredFirst(
      senders.slice(0, 3).flatMap((sender) => [1, 2, 3].map(() => beginUpload(w, sender))),
      1,
    )
    const answer = (await refused?.answer) ?? ''
    assert.equal(statusOf(answer), 503)
    assert.match(answer, /Retry-After: \d+/i)
    for (const one of waiting) one.finish()
    assert.deepEqual(
      await statusesOf(waiting),
      Array.from({ length: 8 }, () => 200),
    )
    assert.equal((await upload(w, senders[3] as Caller, pdf())).status, 200)
  })
})

describe('bytes that are slow to come', () => {
  /** Long enough for a busy machine to send what is whole. */
  const STALL_MS = 2000
  let w: World
  before(async () => {
    w = await world('embedded', { parts: { intake: { uploadStallMs: STALL_MS, bodyMs: STALL_MS } } })
  })
  afterEach(hangUp)
  after(() => w.stop())

  it('uploads that stand still end with 408, and their places are free again', async () => {
    const sender = await w.as('stalling')
    const stalled = [1, 2, 3].map(() => beginUpload(w, sender))
    assert.deepEqual(await statusesOf(stalled), [408, 408, 408])
    for (const { answer } of stalled) assert.match(await answer, /Connection: close/i)
    assert.equal((await upload(w, sender, pdf())).status, 200)
  })

  it('an upload that moves on, however slowly, is taken', async () => {
    const { token } = await w.as('slow')
    const socket = knock(w)
    const answered = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())))
    socket.write(
      `POST /api/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${WHOLE.length}\r\n\r\n`,
    )
    const size = Math.ceil(WHOLE.length / 6)
    for (let at = 0; at < WHOLE.length; at += size) {
      await delay(STALL_MS / 4)
      socket.write(WHOLE.subarray(at, at + size))
    }
    assert.equal(statusOf(await answered), 200)
  })

  it('a JSON body that does not arrive ends with 408', async () => {
    const small = await new Promise<string>((resolve) => {
      const socket = knock(w)
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
    try {
      const begin = () =>
        new Promise<string>((resolve) => {
          const socket = knock(w)
          socket.once('data', (chunk) => resolve(chunk.toString()))
          socket.write(
            'POST /api/session.login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
          )
        })
      assert.match(await Promise.race(Array.from({ length: 4 }, begin)), /^HTTP\/1\.1 429 /)
    } finally {
      hangUp()
      await w.stop()
    }
  })
})
