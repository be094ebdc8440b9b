/**
 * What a serving process says of its master keys, so that none is used that another process lacks.
 *
 * Environment: each key it can open with, by name and fingerprint. File: where the file lies, for whoever reads the same
 * one notices a new key by itself, and a copy on another machine does not.
 */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { Keyring } from './keyring.js'

export function keysSaid(keyring: Keyring, keyDir: string): string[] {
  if (keyring.source === 'file') return [fileSaid(keyDir)]
  return keyring.wrapIds.map((id) => keySaid(keyring, id))
}

/** What all must say before anything is wrapped with the current key. */
export function currentKeySaid(keyring: Keyring, keyDir: string): string {
  return keyring.source === 'file' ? fileSaid(keyDir) : keySaid(keyring, keyring.currentWrapId)
}

export const NOT_SHARED = {
  environment:
    '还有服务进程没有这把主密钥：请先在每台机器的 MASTER_KEYS 里把它加在末尾并重启，全部重启后再移到最前，再次重启',
  file: '还有服务进程读的是另一个密钥文件：几台机器共用一个数据库时，请改用 MASTER_KEYS',
} satisfies Record<Keyring['source'], string>

const fileSaid = (keyDir: string) => `master keys in ${hostname()}:${keyDir}`

/** Nothing can be learnt of 32 random bytes from their digest. */
function keySaid(keyring: Keyring, id: string): string {
  const print = createHash('sha256').update('fingerprint of a wrap key').update(keyring.wrapKey(id)).digest('hex')
  return `master key ${id} ${print.slice(0, 32)}`
}
