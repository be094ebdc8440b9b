import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type World, world } from '../world.js'

describe('requests that cannot be read', () => {
  let w: World
  before(async () => {
    w = await world('embedded')
  })
  after(() => w.stop())

  /** What comes back for bytes sent as they are. */
  const send = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(w.service.url).port), '127.0.0.1', () => socket.write(bytes))
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString()
      })
      socket.on('end', () => resolve(answer))
      socket.on('error', reject)
    })

  it('what is no HTTP is a problem with status 400', async () => {
    const answer = await send('HELLO\r\n\r\n')
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.match(answer, /application\/problem\+json/)
  })

  it('headers without end are a problem with status 431', async () => {
    const answer = await send(`GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 431 /)
    assert.match(answer, /urn:problem:malformed/)
  })
})
