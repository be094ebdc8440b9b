// WeChat and WeChat Pay on loopback in a process of their own, which outlive the service: told what to do over HTTP.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startPaySandbox } from '../../../src/wechat/sandbox/pay/start.js'
import { startSandbox } from '../../../src/wechat/sandbox/start.js'

/** What is asked of it: each a path, with a JSON body. */
export interface Control {
  /** The phone's yes. */
  confirm: { asked: { package: string; openid: string }; told: { isConfirmed: boolean } }
  /** Percent of requests and of notices that go wrong; none: fair. */
  weather: { asked: { seed: number; requests: number; notices: number; ms: number } | null; told: object }
  /** Milliseconds ahead of the machine's clock. */
  clock: { asked: { aheadMs: number }; told: object }
  books: { asked: object; told: Books }
}

export interface Books {
  bills: { outBillNo: string; state: string; amountFen: number }[]
  payments: { outBillNo: string; openid: string; amountFen: number }[]
  /** False notices that the service took for true ones. */
  believed: string[]
  calls: number
}

/** Its last line on standard output. */
export interface Said {
  control: string
  env: Record<string, string>
}

const [appId = '', secret = '', folder = ''] = process.argv.slice(2)
let aheadMs = 0
const now = () => new Date(Date.now() + aheadMs)
const wechat = await startSandbox({ appId, secret })
const pay = await startPaySandbox({ appId, now, perSecond: 1000, balanceFen: 2_000_000_000 })

const controls: { [K in keyof Control]: (asked: Control[K]['asked']) => Control[K]['told'] } = {
  confirm: (asked) => ({ isConfirmed: pay.confirm(asked.package, asked.openid) }),
  weather(asked) {
    pay.setWeather(asked ?? undefined)
    return {}
  },
  clock(asked) {
    aheadMs = asked.aheadMs
    return {}
  },
  books: () => ({
    bills: [...pay.bills.values()].map(({ outBillNo, state, amountFen }) => ({ outBillNo, state, amountFen })),
    payments: pay.payments.map(({ outBillNo, openid, amountFen }) => ({ outBillNo, openid, amountFen })),
    believed: [...pay.believed],
    calls: pay.calls.length,
  }),
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => {
  void pay.environment(folder).then((env) => {
    const said: Said = {
      control: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      env: { ...env, WECHAT_BASE_URL: wechat.baseUrl, WECHAT_APP_ID: appId, WECHAT_SECRET: secret },
    }
    process.stdout.write(`${JSON.stringify(said)}\n`)
  })
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const name = request.url?.slice(1) as keyof Control
  const control = controls[name] as (asked: unknown) => unknown
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(control(JSON.parse(Buffer.concat(chunks).toString() || '{}'))))
}
