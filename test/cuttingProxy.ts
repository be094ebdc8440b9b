/** Stands between the service and its database, and cuts the connection of a transaction at its COMMIT. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CuttingProxy {
  port: number
  /** Cuts the next transaction whose statements match: before COMMIT is passed on, or before its answer is. */
  cut(moment: 'before' | 'after', statements: RegExp): void
  /** How many were cut. */
  readonly cuts: number
  close(): Promise<void>
}

interface Order {
  moment: 'before' | 'after'
  statements: RegExp
}

/** Of MySQL's protocol it needs to know: three bytes of length, one of order, and then 3 for a statement. */
const HEADER = 4
const STATEMENT = 3

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  let order: Order | undefined
  let cuts = 0
  const sockets = new Set<Socket>()

  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1')
    let said = ''
    let isCut = false
    for (const one of [client, server]) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        client.destroy()
        server.destroy()
      })
    }
    server.on('data', (answer) => {
      if (!isCut) return void client.write(answer)
      client.destroy()
    })
    client.on('data', (packet) => {
      const statement = packet[HEADER] === STATEMENT ? packet.subarray(HEADER + 1).toString() : ''
      if (statement === 'START TRANSACTION') said = ''
      else said += `${statement}\n`
      if (statement === 'COMMIT' && order?.statements.test(said)) {
        const { moment } = order
        order = undefined
        cuts += 1
        isCut = true
        if (moment === 'before') return void client.destroy()
      }
      server.write(packet)
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))

  return {
    port: (proxy.address() as AddressInfo).port,
    cut(moment, statements) {
      order = { moment, statements }
    },
    get cuts() {
      return cuts
    },
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
