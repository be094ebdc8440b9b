// Signs the address of a file for ten minutes, because `<image>` and a download cannot send a header that says who asks.
import { createHmac, timingSafeEqual } from 'node:crypto'

export const LINK_MINUTES = 10

export interface Link {
  fileId: string
  /** Who was shown the link; null where nobody had to log in. */
  personId: string | null
  expiresAt: Date
}

export type LinkCheck = ({ isValid: true } & Link) | { isValid: false; reason: 'malformed' | 'forged' | 'expired' }

/** The instant a link made now should end. */
export function linkExpiry(now: Date): Date {
  return new Date(now.getTime() + LINK_MINUTES * 60_000)
}

/** The query part, without `?`: `e` when it ends (seconds since 1970), `p` for whom, `s` the signature. */
export function signLink(key: Buffer, { fileId, personId, expiresAt }: Link): string {
  const expires = String(Math.floor(expiresAt.getTime() / 1000))
  const query = new URLSearchParams({ e: expires, ...(personId !== null && { p: personId }) })
  query.set('s', signature(key, fileId, personId, expires).toString('base64url'))
  return query.toString()
}

/** `fileId` from the path, the rest from the query as it came. Who the link was for must still be asked whether they may see the file. */
export function verifyLink(
  key: Buffer,
  params: { fileId: string; e?: unknown; p?: unknown; s?: unknown },
  now: Date,
): LinkCheck {
  const { fileId, e, p, s } = params
  const isWellFormed =
    typeof e === 'string' &&
    /^\d{1,12}$/.test(e) &&
    typeof s === 'string' &&
    /^[\w-]{43}$/.test(s) &&
    (p === undefined || typeof p === 'string')
  if (!isWellFormed) return { isValid: false, reason: 'malformed' }
  const personId = p ?? null
  const isOurs = timingSafeEqual(Buffer.from(s, 'base64url'), signature(key, fileId, personId, e))
  if (!isOurs) return { isValid: false, reason: 'forged' }
  const expiresAt = new Date(Number(e) * 1000)
  if (now.getTime() >= expiresAt.getTime()) return { isValid: false, reason: 'expired' }
  return { isValid: true, fileId, personId, expiresAt }
}

/** JSON keeps the parts apart, so that no two links share a text; the first word keeps the key's other uses apart. */
function signature(key: Buffer, fileId: string, personId: string | null, expires: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify(['file', fileId, personId, expires]))
    .digest()
}
