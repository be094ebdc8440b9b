/**
 * The only holder of master keys; everything else gets a derived key for one named purpose.
 *
 * Two kinds of secret, so that changing one never breaks the other:
 *  - versioned master keys (`k1`, `k2`, …), each giving one wrap key, which wraps the personal keys. The first is current,
 *    the others only open. `npm run rotate-keys` moves every personal key to the current one.
 *  - one `base` secret that no rotation touches, giving the keys by purpose: look-up hashes, the trail's chains, links and
 *    cursors survive every rotation. When one of them alone has to change (a leaked link key), an entry with the purpose's
 *    name overrides it: `links:<base64>`.
 *
 * A second set of its own (INFORMER_KEYS, `<keyDir>/informers.json`) seals who informed the bureau of a violation.
 *
 * Environment: MASTER_KEYS="k2:<base64>,k1:<base64>,base:<base64>", each 32 random bytes (`openssl rand -base64 32`).
 * With several processes a new key is first added at the end everywhere, then moved to the front everywhere, then
 * rotated: no process ever meets a personal key that it cannot unwrap. Without MASTER_KEYS the keys lie in
 * `<keyDir>/master.json`, and a running service notices by itself when that file is replaced.
 */
import { hkdfSync } from 'node:crypto'
import { type AlgorithmId, KEY_BYTES } from './algorithms.js'
import { createKeyFile, type KeyFile, keyFilePath, keyFileStamp, type KeySet, MASTER, readKeyFile } from './keyFile.js'
import { keptWith } from './keptWith.js'
import { KeyringBroken } from './keyringBroken.js'

export { KeyringBroken } from './keyringBroken.js'

export const purposes = ['audit', 'lookup', 'links', 'responses', 'cursors', 'digest'] as const
export type Purpose = (typeof purposes)[number]

export interface Keyring {
  readonly source: 'environment' | 'file'
  /** What new personal values are sealed with. */
  readonly algorithm: AlgorithmId
  /** The id of the key that new personal keys are wrapped with. */
  readonly currentWrapId: string
  readonly wrapIds: readonly string[]
  /** Throws KeyringBroken for an id it does not hold. */
  wrapKey(id: string): Buffer
  purposeKey(purpose: Purpose): Buffer
}

export interface KeyringOptions {
  /** Which keys; the master keys unless told. */
  set?: KeySet
  keysFromEnv?: string
  keyDir: string
  /** True only for the demonstration: makes the key file when there is none. */
  allowGenerate: boolean
  algorithm?: AlgorithmId | undefined
}

/** Throws KeyringBroken when keys are missing, malformed, evidently not random, or readable by others. */
export function loadKeyring({
  set = MASTER,
  keysFromEnv,
  keyDir,
  allowGenerate,
  algorithm = 'aes-256-gcm',
}: KeyringOptions): Keyring {
  if (keysFromEnv?.trim()) return environmentKeyring(keysFromEnv, algorithm, set)
  if (!keyFileStamp(keyDir, set)) {
    const place = keyFilePath(keyDir, set)
    if (!allowGenerate) throw new KeyringBroken(`没有密钥：请设置 ${set.variable}，或从密钥备份恢复 ${place}`)
    createKeyFile(keyDir, new Date(), set)
  }
  return fileKeyring(keyDir, algorithm, set)
}

type Secrets = ReadonlyMap<string, Buffer>

function environmentKeyring(text: string, algorithm: AlgorithmId, set: KeySet): Keyring {
  const { variable, letter } = set
  const entries = parseKeys(text, variable)
  const base = entries.get('base')
  if (!base) throw new KeyringBroken(`${variable} 缺少 base：请加上 base:<base64>，以后也不要更换它`)
  const masters = new Map([...entries].filter(([id]) => id !== 'base' && !isPurpose(id)))
  if (masters.size === 0) throw new KeyringBroken(`${variable} 缺少主密钥：请加上 ${letter}1:<base64>`)
  const purposeKeys = derivePurposeKeys(base, entries)
  return {
    source: 'environment',
    algorithm,
    get currentWrapId() {
      return firstId(masters)
    },
    get wrapIds() {
      return [...masters.keys()]
    },
    wrapKey: (id) => deriveWrapKey(masters, id),
    purposeKey: (purpose) => purposeKeys[purpose],
  }
}

function fileKeyring(keyDir: string, algorithm: AlgorithmId, set: KeySet): Keyring {
  const path = keyFilePath(keyDir, set)
  let stamp = keyFileStamp(keyDir, set)
  const first = readKeyFile(keyDir, set)
  if (!first) throw new KeyringBroken(`没有密钥文件 ${path}`)
  const { base } = first
  const purposeKeys = derivePurposeKeys(base, new Map())
  let masters = mastersOf(first)

  // A look at the file's stamp costs microseconds; the rotation command replaces the file while the service runs.
  function current(): Secrets {
    const seen = keyFileStamp(keyDir, set)
    if (!seen || seen === stamp) return masters
    const file = readKeyFile(keyDir, set)
    if (!file) return masters
    if (!file.base.equals(base)) throw new KeyringBroken(`${path} 被换成了另一套密钥，请恢复原来的文件`)
    stamp = seen
    masters = mastersOf(file)
    return masters
  }

  return {
    source: 'file',
    algorithm,
    get currentWrapId() {
      return firstId(current())
    },
    get wrapIds() {
      return [...current().keys()]
    },
    wrapKey: (id) => deriveWrapKey(masters.has(id) ? masters : current(), id),
    purposeKey: (purpose) => purposeKeys[purpose],
  }
}

/** `id:base64` pairs in their order. Throws KeyringBroken naming the entry, never its key. */
function parseKeys(text: string, variable: string): Secrets {
  const entries = new Map<string, Buffer>()
  for (const entry of text.split(',')) {
    const [, id, encoded] = /^([a-z0-9-]{1,40}):([A-Za-z0-9+/]{43}=)$/.exec(entry.trim()) ?? []
    if (!id || !encoded)
      throw new KeyringBroken(`${variable} 第 ${entries.size + 1} 项格式不对，应为 名称:<32 字节的 base64>`)
    const key = Buffer.from(encoded, 'base64')
    if (entries.has(id)) throw new KeyringBroken(`${variable} 里 ${id} 出现了两次`)
    if ([...entries.values()].some((other) => other.equals(key)))
      throw new KeyringBroken(`${variable} 里 ${id} 与另一项的密钥相同，每项都要单独生成`)
    // 32 random bytes hold fewer than 16 different ones once in far more than 10^9 draws: such a key was typed, not drawn.
    if (new Set(key).size < 16)
      throw new KeyringBroken(`${variable} 里 ${id} 不是随机密钥，请用 openssl rand -base64 32 生成`)
    entries.set(id, key)
  }
  return entries
}

const isPurpose = (id: string): boolean => (purposes as readonly string[]).includes(id)
const mastersOf = (file: KeyFile): Secrets => new Map(file.master.map(({ id, key }) => [id, key]))

function firstId(masters: Secrets): string {
  const [first] = masters.keys()
  return first!
}

function deriveWrapKey(masters: Secrets, id: string): Buffer {
  const master = masters.get(id)
  if (!master) throw new KeyringBroken(`缺少主密钥 ${id}，请从密钥备份恢复`)
  return wrapKeyOf(master)
}

function derivePurposeKeys(base: Buffer, overrides: Secrets): Record<Purpose, Buffer> {
  const keys = purposes.map((purpose) => [purpose, derive(overrides.get(purpose) ?? base, purpose)])
  return Object.fromEntries(keys) as Record<Purpose, Buffer>
}

// HKDF (RFC 5869) over SM3, the purpose as its info.
const derive = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sm3', secret, '', `shenhuan-bangban ${purpose}`, KEY_BYTES))

const wrapKeyOf = keptWith((master) => derive(master, 'wrap'))
