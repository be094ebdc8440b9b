/** Answers made ready before anybody asks: bytes, plain and compressed, that a tag tells apart. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { ParameterizedContext } from 'koa'
import type { Ready } from './serve.js'

/** Accepted, and not with `q=0`. */
const GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i

export function readyBytes(text: string): Ready {
  const body = Buffer.from(text)
  return { body, gzip: gzipSync(body), etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}

/** Sends them, or says that the caller has them already. The content type is set before. */
export function sendReady(ctx: ParameterizedContext, { body, gzip, etag }: Ready): void {
  ctx.set('Cache-Control', 'public, no-cache')
  ctx.vary('Accept-Encoding')
  ctx.set('ETag', etag)
  if (isKept(ctx.get('If-None-Match'), etag)) {
    ctx.status = 304
    return
  }
  ctx.status = 200
  const isGzip = GZIP.test(ctx.get('Accept-Encoding'))
  if (isGzip) ctx.set('Content-Encoding', 'gzip')
  ctx.body = isGzip ? gzip : body
}

/** RFC 9110 13.1.2: a list of tags, compared weakly, since a proxy that compresses weakens them. */
export function isKept(header: string, etag: string): boolean {
  return header === etag || header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
