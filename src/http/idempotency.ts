/** Settles an Idempotency-Key inside the command's own transaction: the first answer again, or a conflict. */
import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { insertWhole } from '../database/insert.js'
import { changeRows } from '../database/rows.js'
import { scatter } from '../database/scatter.js'
import { isDuplicate } from '../database/transaction.js'
import { openText, seal } from '../encryption/algorithms.js'
import type { Keyring } from '../encryption/keyring.js'
import type { Knowledge } from '../house.js'
import { Problem } from '../problem.js'
import { answerRef, inputRef } from '../tips/informers/refs.js'
import { IdempotencyRecord } from './idempotencyRecord.js'

export interface KeyUse {
  scope: string
  personId: string | null
  inputHash: string
}

const sha256 = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** What a key stands for: this actor, this verb, this key; and the input it came with. */
export function keyUse(personId: string | null, verb: string, key: string, input: unknown): KeyUse {
  return { scope: sha256(personId ?? '', verb, key), personId, inputHash: sha256(JSON.stringify(input) ?? '') }
}

/** The same where nobody may learn whose key it was, nor try whose input would fit. */
export function discreetUse(
  know: Pick<Knowledge, 'informers'>,
  personId: string | null,
  verb: string,
  key: string,
  input: unknown,
): KeyUse {
  return { scope: answerRef(know, personId, verb, key), personId: null, inputHash: inputRef(know, input) }
}

/**
 * Claims the key, first thing in the transaction: a twin at the same moment waits for our commit or rollback.
 * Returns the first answer's JSON when the key was used before with the same input.
 * @throws Problem keyReused, when it was used with another
 */
export async function claimKey(
  db: EntityManager,
  use: KeyUse,
  now: Date,
  keyring: Keyring,
): Promise<string | undefined> {
  try {
    await insertWhole(db, IdempotencyRecord, [{ ...use, answer: null, createdAt: now }])
    if (use.personId === null) await scatter(db, IdempotencyRecord, 'scope', use.scope)
    return undefined
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const first = await db.findOneByOrFail(IdempotencyRecord, { scope: use.scope })
  if (first.inputHash !== use.inputHash) throw new Problem('keyReused')
  if (first.answer === null) throw new Problem('inProgress')
  const key = keyring.purposeKey('responses')
  return openText(first.answer, () => key, `answer:${use.scope}`)
}

/** Keeps the answer; it counts only if the transaction commits. */
export async function keepAnswer(db: EntityManager, use: KeyUse, answer: string, keyring: Keyring): Promise<void> {
  const sealed = seal('aes-256-gcm', keyring.purposeKey('responses'), 'responses', answer, `answer:${use.scope}`)
  await changeRows(db, IdempotencyRecord, { scope: use.scope }, { answer: sealed })
}
