/** How a row of the store is closed and opened: as one text, bound to its row. */
import { type AlgorithmId, openText, seal } from '../../encryption/algorithms.js'
import type { Keyring } from '../../encryption/keyring.js'
import type { Informer } from './informer.js'
import type { Identity } from './store.js'

export type Kept = Identity & { tipId: string }

const contextOf = (id: string): string => `informer:${id}`

/** With the current key. */
export function sealText(keyring: Keyring, id: string, text: string, algorithm: AlgorithmId = keyring.algorithm) {
  const keyId = keyring.currentWrapId
  return { sealed: seal(algorithm, keyring.wrapKey(keyId), keyId, text, contextOf(id)), keyId }
}

/** Throws SealBroken or KeyringBroken. */
export const openSealed = (keyring: Keyring, { id, sealed }: Pick<Informer, 'id' | 'sealed'>): string =>
  openText(sealed, (keyId) => keyring.wrapKey(keyId), contextOf(id))

/** All rows are of one length, or of few: how long a name is, and what else was left, would tell who is meant. */
const BLOCK_BYTES = 1024

export function sealInformer(keyring: Keyring, id: string, kept: Kept) {
  const text = JSON.stringify(kept)
  const over = Buffer.byteLength(text) % BLOCK_BYTES
  // Blanks after it are no part of JSON.
  return sealText(keyring, id, text + ' '.repeat(over === 0 ? 0 : BLOCK_BYTES - over))
}

export const openInformer = (keyring: Keyring, row: Informer): Kept => JSON.parse(openSealed(keyring, row)) as Kept
