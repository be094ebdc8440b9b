/** How the door closes: whoever asked is answered, and nobody's connection ends in the moment in which they ask. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** Connections that may wait to be accepted, node's own default. */
export const BACKLOG = 511
/** Far more than Shenyang needs at once, and few enough for the memory each takes. */
export const MAX_CONNECTIONS = 2000

const LOOK_MS = 50
/** Who has knocked has so long to say something: without this, silence would be heard for `headersTimeout` and half a minute more. */
const SILENT_MS = 5000

/** How many requests each connection has under way. */
const connected = new WeakMap<Server, Map<Socket, number>>()

/** From a server's first connection on: later nobody tells which of them have said nothing. */
export function followConnections(server: Server): void {
  const open = new Map<Socket, number>()
  connected.set(server, open)
  server.on('connection', (socket: Socket) => {
    open.set(socket, 0)
    socket.once('close', () => open.delete(socket))
  })
  server.prependListener('request', ({ socket }, response) => {
    open.set(socket, (open.get(socket) ?? 0) + 1)
    response.once('close', () => {
      if (open.has(socket)) open.set(socket, (open.get(socket) ?? 1) - 1)
    })
  })
}

/**
 * Lets in who has already knocked, then takes no new connection, lets requests end, and closes connections that idle.
 * (One that has brought no request yet is not idle to node: it is heard for some seconds.)
 *
 * Behind a proxy `drainMs` is longer than the proxy keeps an idle connection (nginx: `keepalive_timeout` of the upstream).
 * For such a connection cannot be closed without a risk: a request may be on its way, and a proxy does not repeat a
 * command that has no key. So the service, which by now answers everything with `Connection: close` and is not ready any
 * more, goes on serving until the proxy itself has let go of every connection that it does not use.
 */
export async function closeServer(server: Server, drainMs = 0): Promise<void> {
  await drain(server, drainMs)
  await letIn(server)
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => {
      for (const [socket, requests] of connected.get(server) ?? []) if (requests === 0) socket.destroy()
    }, SILENT_MS)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
}

async function drain(server: Server, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until && (await connections(server)) > 0) await delay(LOOK_MS)
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}

const QUIET_TURNS = 5

/**
 * Closing resets what waits in the backlog, of which each turn accepts one connection, and what has not been read yet.
 * No time bounds this, for a busy machine is slow at it: no more than these can have been waiting.
 */
async function letIn(server: Server): Promise<void> {
  let [quiet, connections, requests] = [0, 0, 0]
  server.prependListener('connection', () => {
    quiet = 0
    connections += 1
  })
  server.prependListener('request', (_request, response) => {
    quiet = 0
    requests += 1
    response.shouldKeepAlive = false
  })
  for (; quiet < QUIET_TURNS && connections < BACKLOG && requests < MAX_CONNECTIONS; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
