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

export const sealInformer = (keyring: Keyring, id: string, kept: Kept) => sealText(keyring, id, JSON.stringify(kept))

export const openInformer = (keyring: Keyring, row: Informer): Kept => JSON.parse(openSealed(keyring, row)) as Kept
