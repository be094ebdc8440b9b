/** Requests for help sent to a service that may die meanwhile, and what is known of each afterwards. */
import { Agent, request } from 'node:http'
import { v7 as uuid } from 'uuid'

/** One request for help as the enterprise sees it: the same key however often it is sent. */
export interface Ask {
  key: string
  token: string
  title: string
  /** The case, once an answer has named it. */
  caseId: string | undefined
}

export interface Reply {
  status: number
  contentType: string
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any
}

let count = 0

export const asks = (tokens: readonly string[], n: number): Ask[] =>
  Array.from({ length: n }, (_, i) => {
    count += 1
    return { key: uuid(), token: tokens[i % tokens.length] ?? '', title: `第${count}件事`, caseId: undefined }
  })

/** Sends it, and notes the case where it was accepted. @throws when the connection was lost or refused */
export async function send(url: string, ask: Ask, agent?: Agent): Promise<Reply> {
  const { title, key, token } = ask
  const body = { category: 'procedure', title, text: `${title}：报告表要准备哪些材料？`, districtCode: '210106' }
  const reply = await post(
    url,
    'case.submit',
    body,
    { Authorization: `Bearer ${token}`, 'Idempotency-Key': key },
    agent,
  )
  if (reply.status === 200) ask.caseId = reply.body.id as string
  return reply
}

export function post(
  url: string,
  verb: string,
  body: unknown,
  headers: Record<string, string> = {},
  agent?: Agent,
  patienceMs?: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } }
    const sent = request(`${url}/api/${verb}`, { ...options, ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const contentType = response.headers['content-type'] ?? ''
        const text = Buffer.concat(chunks).toString()
        try {
          resolve({ status: response.statusCode ?? 0, contentType, body: JSON.parse(text) })
        } catch (error) {
          reject(error as Error)
        }
      })
    })
    sent.once('error', reject)
    if (patienceMs !== undefined) sent.setTimeout(patienceMs, () => sent.destroy(new Error('no answer in time')))
    sent.end(JSON.stringify(body))
  })
}

export async function logIn(url: string, name: string): Promise<{ token: string; personId: string }> {
  const { status, body } = await post(url, 'session.login', { code: `demo:${name}` })
  if (status !== 200) throw new Error(`session.login: ${status} ${JSON.stringify(body)}`)
  return { token: body.token as string, personId: body.me.id as string }
}
