/**
 * Makes two worlds comparable that differ in what was drawn at random: ids, numbers, hashes. Each is known by where it
 * stands, and by what stands beside it, over several steps, so that whatever ties two rows together is still seen.
 */
import { createHash } from 'node:crypto'

const SEALED = /v1\.[a-z0-9]+\.[\w-]{1,40}\.[\w-]+/g
/** Ids with and without dashes, keyed hashes, what people read out, and what the factories count. */
const DRAWN =
  /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|\b[\da-f]{32,64}\b|(?<![\w-])[\w-]{43}(?![\w-])|\b[A-Z]{2}\d{8}-[\dA-Z]{5}\b|\b91210100TEXT[\dA-Z]{6}|\b024-0000\d{4}|测试·第\d+号|演示\d{4}|\b[kn]1-[\da-f]{8}\b|\b\d{24,}\b/g

const plain = (token: string) => (/^[\da-f-]{32,64}$/.test(token) ? token.replaceAll('-', '') : token)
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

type Names = ReadonlyMap<string, string>

/** What is known of each: at first the names given, then more with every step. */
export function namesIn(rows: readonly string[], given: ReadonlyMap<string, string>, steps = 4): Names {
  const texts = rows.map(withoutSeals)
  let names: Names = new Map([...given].map(([token, name]) => [plain(token), name]))
  for (let step = 0; step < steps; step += 1) {
    const seen = new Map<string, string[]>()
    for (const text of texts) {
      const named = namedIn(text, names)
      const tokens = [...text.matchAll(DRAWN)].map(([token]) => plain(token))
      tokens.forEach((token, place) => {
        if (!given.has(token)) seen.set(token, [...(seen.get(token) ?? []), `${place} ${named}`])
      })
    }
    const next = new Map([...given].map(([token, name]) => [plain(token), name]))
    for (const [token, places] of seen) if (!next.has(token)) next.set(token, digest(places.toSorted().join('\n')))
    names = next
  }
  return names
}

/** The text with every drawn token under the name it is known by. */
export const namedIn = (text: string, names: Names): string =>
  withoutSeals(text).replaceAll(DRAWN, (token) => `<${names.get(plain(token)) ?? '?'}>`)

/** Of what is sealed its length shows. */
const withoutSeals = (text: string) => text.replaceAll(SEALED, (sealed) => `<sealed ${sealed.length}>`)

/** Lists in an order of ids come in any order. */
export function sorted(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return namedIn(value, names)
  if (Array.isArray(value)) {
    return value.map((one) => sorted(one, names)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [namedIn(key, names), sorted(one, names)]))
}
