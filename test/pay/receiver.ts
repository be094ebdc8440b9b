// Whoever WeChat Pay tells: reads each notice with the client, answers 204 or says why not, and keeps what it heard.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import readBody from 'raw-body'
import { type Pay, type PayNotice, PayNoticeRefused } from '../../src/pay/client.js'

export interface Receiver {
  readonly url: string
  readonly heard: PayNotice[]
  readonly refused: string[]
  /** Answers 500 while it is true. */
  isDown: boolean
  stop(): Promise<void>
}

export async function startReceiver(pay: Pay, now: () => Date): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const body = await readBody(request, { encoding: 'utf-8' })
    if (receiver.isDown) {
      response.writeHead(500).end()
      return
    }
    try {
      receiver.heard.push(await pay.readNotice(request.headers, body, now()))
      response.writeHead(204).end()
    } catch (error) {
      receiver.refused.push(error instanceof PayNoticeRefused ? error.reason : String(error))
      response.writeHead(401).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechat/pay/notify`,
    heard: [],
    refused: [],
    isDown: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
