/** Opaque cursors: where the last page ended, bound to the filter it was made for. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Keyring } from '../encryption/keyring.js'
import { invalid } from '../problem.js'

/** The position after the last item: the sort value and the id that breaks ties. */
export type Position = readonly [sort: string | number, id: string]

interface Listed {
  cursor?: string | undefined
}

const bound = (keyring: Keyring, verb: string, filter: Listed, position: string) => {
  const { cursor: _, ...rest } = filter
  const filterHash = createHash('sha256')
    .update(JSON.stringify([verb, { ...rest, limit: undefined }]))
    .digest('base64url')
  return createHmac('sha256', keyring.purposeKey('cursors'))
    .update(`${filterHash}.${position}`)
    .digest()
    .subarray(0, 16)
}

export function writeCursor(keyring: Keyring, verb: string, filter: Listed, position: Position): string {
  const text = JSON.stringify(position)
  return Buffer.concat([bound(keyring, verb, filter, text), Buffer.from(text)]).toString('base64url')
}

/** @throws Problem invalid, when the cursor is not one of ours or belongs to another filter */
export function readCursor(keyring: Keyring, verb: string, filter: Listed): Position | undefined {
  if (filter.cursor === undefined) return undefined
  const bytes = Buffer.from(filter.cursor, 'base64url')
  const text = bytes.subarray(16).toString()
  const mac = bound(keyring, verb, filter, text)
  if (bytes.length < 17 || !timingSafeEqual(mac, bytes.subarray(0, 16))) {
    throw invalid('cursor', '翻页位置无效，请从第一页重新打开')
  }
  return JSON.parse(text) as Position
}

/** Cuts a list read with one row too many to its page. */
export function pageFrom<T, V>(
  rows: readonly T[],
  limit: number,
  view: readonly V[],
  cursorAfter: (last: T) => string,
): { items: V[]; next: string | null } {
  const last = rows[limit - 1]
  return { items: view.slice(0, limit), next: rows.length > limit && last !== undefined ? cursorAfter(last) : null }
}
