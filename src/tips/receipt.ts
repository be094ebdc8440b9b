/** What an informer finds their tip by: the number, and a code that nobody else has. */
import { randomInt, timingSafeEqual } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { rowBy } from '../database/rows.js'
import { lookupHash } from '../encryption/lookup.js'
import type { Knowledge } from '../house.js'
import { Problem } from '../problem.js'
import { isInformer } from './informers/store.js'
import { Tip } from './tip.js'

/** No I, L, O, U: 32 signs, five bits each. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/** 60 bits at random, in groups that can be read out. */
export const newCode = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)])
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-')

/** As it was given, however it was typed. */
export const readCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')

export const codeHash = ({ keyring }: Pick<Knowledge, 'keyring'>, number: string, code: string): string =>
  lookupHash(keyring.purposeKey('lookup'), 'tipCode', `${number} ${readCode(code)}`)

const NOT_FOUND = '没有找到。请核对编号和查询码；编号和查询码都对才能查到'

interface Asked {
  number: string
  code?: string | undefined
}

/**
 * The tip of a receipt, or, without a code, of who is logged in and informed of it by name.
 * @throws Problem notFound, one and the same whatever is wrong
 */
export async function tipOfReceipt(
  db: EntityManager,
  know: Pick<Knowledge, 'keyring' | 'informers'>,
  { number, code }: Asked,
  personId: string | null,
  lock = false,
): Promise<Tip> {
  // Whether there is such a number is not to be told by how long it takes.
  const given = Buffer.from(codeHash(know, number, code ?? ''))
  const tip = await rowBy(db, Tip, { number }, { lock })
  const kept = Buffer.from(tip?.codeHash ?? codeHash(know, number, 'none'))
  const isCode = code !== undefined && kept.length === given.length && timingSafeEqual(kept, given)
  const isOwn = code === undefined && personId !== null && (await isInformer(db, know, tip?.id ?? number, personId))
  if (!tip || !(isCode || isOwn)) throw new Problem('notFound', { title: NOT_FOUND })
  return tip
}
