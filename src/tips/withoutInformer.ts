/** Takes out of what people write by whom something was told: also what is said in passing names nobody. */
import type { EntityManager } from 'typeorm'
import type { Knowledge } from '../house.js'
import { withoutOwner } from '../people/ownData.js'
import { type Identity, identityOf } from './informers/store.js'
import { TipLook } from './tipLook.js'

const REMOVED = '〔已删除〕'

/** Whoever signs their words with name, number, account or telephone is not known by them either. */
export function withoutInformer(text: string, identity: Identity | null): string {
  if (identity === null) return text
  const { name, phone, idNumber, bank } = identity
  const unnumbered = [idNumber, bank?.account].reduce<string>(
    (left, number) => (number ? left.normalize('NFC').replace(spelled(number), REMOVED) : left),
    text,
  )
  return withoutOwner(unnumbered, { name, phone })
}

/** However it is grouped, and in digits of either width. */
function spelled(number: string): RegExp {
  const signs = [...number].map((sign) => `[${sign}${String.fromCharCode(sign.charCodeAt(0) + 0xfee0)}]`)
  return new RegExp(signs.join(String.raw`[\s\-－—·]{0,3}`), 'gi')
}

/**
 * What somebody of the bureau says of a tip, for those to read who may not know. Only of who has looked: to anybody else
 * it would answer whether a name is the right one.
 */
export async function unnamed(
  db: EntityManager,
  know: Pick<Knowledge, 'informers'>,
  tipId: string,
  personId: string | null,
  text: string,
): Promise<string> {
  if (personId === null || !(await db.existsBy(TipLook, { tipId, personId }))) return text
  return withoutInformer(text, await identityOf(db, know, tipId))
}
