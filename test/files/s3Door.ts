/** A door before s3rver: checks what s3rver does not (signatures and bodies), and answers as a storage in trouble does. */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { S3_KEY } from './s3Server.js'

export interface S3Door {
  url: string
  /** What was asked for, such as `PUT /bucket/ab/cd/…`, with its headers. */
  asked: { line: string; headers: IncomingMessage['headers'] }[]
  /** The next requests are answered with these instead, one each. */
  trouble: Trouble[]
  /** Connections that are open to the door. */
  connections(): Promise<number>
  close(): Promise<void>
}

/** A status and S3's code; silence; or an answer that stands still, or breaks off, after so many bytes. */
export type Trouble =
  | { status: number; code: string }
  | 'silence'
  | { standsStillAfter: number }
  | { breaksOffAfter: number }

export async function openDoor(target: string, secret: string = S3_KEY.secret): Promise<S3Door> {
  const asked: S3Door['asked'] = []
  const trouble: Trouble[] = []
  const server = createServer((req, res) => {
    pass(req, res).catch(() => res.destroy())
  })

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    asked.push({ line: `${req.method} ${req.url}`, headers: req.headers })
    const body = await buffer(req)
    const odd = trouble.shift()
    if (odd === 'silence') return
    if (odd && 'status' in odd) return refuse(res, odd.status, odd.code)
    const fault = faultOf(req, body, secret)
    if (fault) return refuse(res, fault === 'SignatureDoesNotMatch' ? 403 : 400, fault)
    const onward = request(target + req.url, { method: req.method ?? 'GET', headers: req.headers, agent: false })
    onward.on('error', () => res.destroy())
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      if (!odd) return answer.pipe(res)
      return void buffer(answer).then((whole) => {
        if ('standsStillAfter' in odd) return res.write(whole.subarray(0, odd.standsStillAfter))
        return res.write(whole.subarray(0, odd.breaksOffAfter), () => res.destroy())
      })
    })
    onward.end(body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    trouble,
    connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function refuse(res: ServerResponse, status: number, code: string): void {
  res.writeHead(status, { 'Content-Type': 'application/xml' })
  res.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

/** AWS Signature Version 4, as docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html describes it. */
function faultOf(req: IncomingMessage, body: Buffer, secret: string): string | undefined {
  const given = /Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(req.headers.authorization ?? '')
  const [, scope = '', signed = '', signature] = given ?? []
  const content = String(req.headers['x-amz-content-sha256'])
  const url = new URL(req.url ?? '', 'http://x')
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).toSorted()
  const headers = signed.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`)
  const canonical = [req.method, url.pathname, query.join('&'), headers.join(''), signed, content].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<Buffer>((from, part) => hmac(from, part), Buffer.from(`AWS4${secret}`))
  if (hmac(key, toSign).toString('hex') !== signature) return 'SignatureDoesNotMatch'
  return content === sha256(body) ? undefined : 'XAmzContentSHA256Mismatch'
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
