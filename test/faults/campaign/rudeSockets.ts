/** Connections of people who mean no good, or whose network is bad: idle, slow, cut, or all at once. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const open = new Set<Socket>()

function knock(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  open.add(socket)
  socket.on('error', () => socket.destroy())
  socket.once('close', () => open.delete(socket))
  return socket
}

export function hangUp(): void {
  for (const socket of open) socket.destroy()
}

/** Open, and say nothing. Answers how many stand. */
export async function idle(url: string, count: number): Promise<number> {
  const sockets = Array.from({ length: count }, () => knock(url))
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  return sockets.filter((socket) => !socket.destroyed).length
}

const headOf = (verb: string, token: string, length: number, type: string) =>
  `POST /api/${verb} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`

/** A body that comes byte by byte. The status in the end, 0 where there was none. */
export async function dribble(url: string, token: string, everyMs: number): Promise<number> {
  const socket = knock(url)
  let heard = ''
  socket.on('data', (data: Buffer) => (heard += data.toString()))
  socket.write(headOf('case.submit', token, 5000, 'application/json'))
  while (!socket.destroyed && !heard.includes('\r\n\r\n')) {
    socket.write(' ')
    await delay(everyMs)
  }
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0)
}

/** Promises a file and hangs up in the middle of it. */
export async function halfUpload(url: string, token: string): Promise<void> {
  const socket = knock(url)
  const closed = once(socket, 'close')
  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
  socket.write(headOf('files', token, 1_000_000, 'multipart/form-data; boundary=b') + part + 'x'.repeat(200_000))
  await delay(Math.random() * 300)
  socket.destroy()
  await closed
}

/** Several requests at once on one connection: the statuses in the order in which they came. */
export async function pipeline(url: string, paths: readonly string[]): Promise<number[]> {
  const socket = knock(url)
  let heard = ''
  socket.on('data', (data: Buffer) => (heard += data.toString()))
  const lines = paths.map(
    (path, n) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${n === paths.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
  )
  socket.write(lines.join(''))
  await once(socket, 'close')
  return [...heard.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status))
}
