/** A server that stops while a proxy holds connections to it. */
import assert from 'node:assert/strict'
import { Agent, createServer, get, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { closeServer } from '../../src/http/closing.js'

const ENOUGH_MS = 30_000

describe('closing the door', function () {
  this.timeout(60_000)
  let server: Server
  let port: number
  let isClosing: boolean
  const ended: Socket[] = []

  beforeEach(async () => {
    isClosing = false
    server = createServer((req, res) => {
      if (isClosing) res.setHeader('Connection', 'close')
      req.resume().once('end', () => res.end('heard'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterEach(() => {
    for (const socket of ended.splice(0)) socket.destroy()
    server.closeAllConnections()
  })

  const close = (drainMs: number) => {
    isClosing = true
    return closeServer(server, drainMs)
  }
  const open = async () => {
    const socket = connect(port, '127.0.0.1')
    ended.push(socket)
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return socket
  }
  const ask = async (socket: Socket) => {
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}')
    let heard = ''
    for await (const chunk of socket) {
      heard += String(chunk)
      if (heard.endsWith('heard') || heard.endsWith('0\r\n\r\n')) break
    }
    return heard
  }
  const isRefused = () =>
    open().then(
      (socket) => void socket.destroy(),
      (error: { code: string }) => error.code === 'ECONNREFUSED',
    )

  it('without a proxy, does not wait for connections that idle', async () => {
    const agent = new Agent({ keepAlive: true })
    await new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent }, (response) => response.resume().once('end', resolve)).once(
        'error',
        reject,
      )
    })
    await close(0)
    assert.equal(await isRefused(), true)
    agent.destroy()
  })

  it('goes on serving a connection that the proxy keeps, and tells it to let go', async () => {
    const kept = await open()
    const stopped = close(ENOUGH_MS)
    await delay(300)
    assert.match(await ask(kept), /Connection: close[^]*heard/)
    await stopped
  })

  it('takes new connections meanwhile', async () => {
    const kept = await open()
    const stopped = close(ENOUGH_MS)
    assert.match(await ask(await open()), /Connection: close[^]*heard/)
    kept.end()
    await stopped
    assert.equal(await isRefused(), true)
  })

  it('hears out who was let in last, when nobody is let in any more', async () => {
    const last = await open()
    // Nothing is said on it yet: so a proxy's connection looks on a machine that is busy.
    const stopped = close(100)
    while (server.listening) await delay(5)
    assert.match(await ask(last), /Connection: close[^]*heard/)
    await stopped
  })
})
