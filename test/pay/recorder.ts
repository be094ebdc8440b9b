// Stands between the client and the sandbox and keeps every exchange, byte for byte.
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import readBody from 'raw-body'

export interface Exchanged {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly answer: { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer }
}

export interface Recorder {
  readonly baseUrl: string
  readonly exchanges: Exchanged[]
  stop(): Promise<void>
}

export async function startRecorder(target: string): Promise<Recorder> {
  const exchanges: Exchanged[] = []
  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming, { encoding: 'utf-8' })
    const { method = '', url = '' } = incoming
    const onward = ask(new URL(url, target), { method, headers: incoming.headers, agent: false }, async (answer) => {
      const bytes = await readBody(answer)
      const status = answer.statusCode ?? 0
      const told = answer.headers as Record<string, string>
      exchanges.push({
        method,
        url,
        headers: incoming.headers as Record<string, string>,
        body,
        answer: { status, headers: told, body: bytes },
      })
      outgoing.writeHead(status, { ...told, connection: 'close' }).end(bytes)
    })
    onward.on('error', () => outgoing.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
