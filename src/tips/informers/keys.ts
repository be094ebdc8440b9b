/** The informers' own keys: a set apart from the master keys, so that whoever holds those alone learns nothing. */
import { type EntityManager, In, Not } from 'typeorm'
import type { Config } from '../../config.js'
import type { KeySet } from '../../encryption/keyFile.js'
import { type Keyring, KeyringBroken, loadKeyring } from '../../encryption/keyring.js'
import { Informer } from './informer.js'

export const INFORMERS: KeySet = { variable: 'INFORMER_KEYS', file: 'informers', letter: 'n' }

type Places = Pick<Config, 'informerKeys' | 'keyDir' | 'encryptionAlgorithm'>

/** Throws KeyringBroken, also where they are the master keys under another name. */
export function loadInformerKeys(
  { informerKeys, keyDir, encryptionAlgorithm }: Places,
  master: Keyring,
  allowGenerate: boolean,
): Keyring {
  const keyring = loadKeyring({
    set: INFORMERS,
    ...(informerKeys === undefined ? {} : { keysFromEnv: informerKeys }),
    keyDir,
    algorithm: encryptionAlgorithm,
    allowGenerate,
  })
  if (keyring.purposeKey('lookup').equals(master.purposeKey('lookup')))
    throw new KeyringBroken(`${INFORMERS.variable} 和 MASTER_KEYS 用了同一把 base，请单独生成`)
  return keyring
}

/** Whether there are rows that this keyring cannot open: the keys and the data do not belong together. */
export const hasForeignInformers = (db: EntityManager, keyring: Keyring): Promise<boolean> =>
  db.exists(Informer, { where: { keyId: Not(In([...keyring.wrapIds])) } })

/** Whether nothing has been sealed with the current key yet, though there are rows: it was changed just now. */
export async function isInformerKeyUnused(db: EntityManager, keyring: Keyring): Promise<boolean> {
  return !(await db.existsBy(Informer, { keyId: keyring.currentWrapId })) && (await db.exists(Informer))
}
