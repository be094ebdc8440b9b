/**
 * What a serving process says of its master keys, so that none is used that another process lacks.
 *
 * Environment: each key it can open with, by name and fingerprint. File: where the file lies, for whoever reads the same
 * one notices a new key by itself, and a copy on another machine does not.
 */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { type KeySet, MASTER } from './keyFile.js'
import type { Keyring } from './keyring.js'

export function keysSaid(keyring: Keyring, keyDir: string, set: KeySet = MASTER): string[] {
  if (keyring.source === 'file') return [fileSaid(keyDir, set)]
  return keyring.wrapIds.map((id) => keySaid(keyring, id, set))
}

/** What all must say before anything is wrapped with the current key. */
export function currentKeySaid(keyring: Keyring, keyDir: string, set: KeySet = MASTER): string {
  return keyring.source === 'file' ? fileSaid(keyDir, set) : keySaid(keyring, keyring.currentWrapId, set)
}

export const notShared = ({ source }: Keyring, { variable }: KeySet = MASTER): string =>
  ({
    environment: `还有服务进程没有这把主密钥：请先在每台机器的 ${variable} 里把它加在末尾并重启，全部重启后再移到最前，再次重启`,
    file: `还有服务进程读的是另一个密钥文件：几台机器共用一个数据库时，请改用 ${variable}`,
  })[source]

const fileSaid = (keyDir: string, { file }: KeySet) => `${file} keys in ${hostname()}:${keyDir}`

/** Nothing can be learnt of 32 random bytes from their digest. */
function keySaid(keyring: Keyring, id: string, { file }: KeySet): string {
  const print = createHash('sha256').update('fingerprint of a wrap key').update(keyring.wrapKey(id)).digest('hex')
  return `${file} key ${id} ${print.slice(0, 32)}`
}
