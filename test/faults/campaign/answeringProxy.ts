/** Stands before an HTTP server and spoils how its answers arrive: late, or each one twice. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface AnsweringProxy {
  url: string
  /** From the next answer on. */
  answer(how: { twice?: boolean; lateMs?: number }): void
  close(): void
}

export async function answeringProxy(target: string): Promise<AnsweringProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let how: { twice?: boolean; lateMs?: number } = {}
  const server = createServer((client) => {
    const behind = connect({ host: hostname, port: Number(port) })
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        open.delete(socket)
        client.destroy()
        behind.destroy()
      })
    }
    client.pipe(behind)
    behind.on('data', (answer: Buffer) => {
      const { twice = false, lateMs = 0 } = how
      setTimeout(() => {
        if (client.writable) client.write(twice ? Buffer.concat([answer, answer]) : answer)
      }, lateMs)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => (how = next),
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
