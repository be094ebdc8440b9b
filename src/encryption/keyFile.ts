/** The demonstration makes its own keys; each set lies in a file of its own apart from the database, never half written. */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KEY_BYTES } from './algorithms.js'
import { KeyringBroken } from './keyringBroken.js'

const key = z.string().transform((text, context) => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === KEY_BYTES && bytes.toString('base64') === text) return bytes
  context.addIssue({ code: 'custom', message: 'not 32 bytes in base64' })
  return z.NEVER
})

const keyFile = z.strictObject({
  format: z.literal(1),
  /** Never changes: look-up hashes and the trail's chains depend on it. */
  base: key,
  /** The first is current, the others only open. */
  master: z.array(z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), key, madeAt: z.string() })).min(1),
})
export type KeyFile = z.infer<typeof keyFile>

/** A set of keys that is kept, given out and renewed by itself. */
export interface KeySet {
  /** Where the environment holds it. */
  variable: string
  /** Its file, without `.json`. */
  file: string
  /** How the names of its keys begin. */
  letter: string
}

/** What people and firms entrust to the bureau. */
export const MASTER: KeySet = { variable: 'MASTER_KEYS', file: 'master', letter: 'k' }

export const keyFilePath = (keyDir: string, { file }: KeySet = MASTER): string => join(keyDir, `${file}.json`)

/** Changes whenever the file is replaced; undefined when there is none. */
export function keyFileStamp(keyDir: string, set: KeySet = MASTER): string | undefined {
  const stat = statSync(keyFilePath(keyDir, set), { throwIfNoEntry: false })
  return stat && `${stat.ino}/${stat.mtimeMs}/${stat.size}`
}

/** Undefined when there is no file. Throws KeyringBroken when others may read it or it is damaged. */
export function readKeyFile(keyDir: string, set: KeySet = MASTER): KeyFile | undefined {
  const path = keyFilePath(keyDir, set)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return undefined
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new KeyringBroken(`密钥文件 ${path} 其他用户可以读取，请执行 chmod 600 ${path}`)
  const parsed = keyFile.safeParse(parseJson(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new KeyringBroken(`密钥文件 ${path} 已损坏，请从密钥备份恢复`)
  return parsed.data
}

/** Makes the first file. When another process was quicker, that process's file stands. */
export function createKeyFile(keyDir: string, now: Date, set: KeySet = MASTER): void {
  mkdirSync(keyDir, { recursive: true, mode: 0o700 })
  chmodSync(keyDir, 0o700)
  const first: KeyFile = { format: 1, base: randomBytes(KEY_BYTES), master: [newMaster(1, now, set)] }
  const draft = writeDraft(keyDir, first, set)
  try {
    // link, unlike rename, never replaces: two first starts at once must end with the same keys.
    linkSync(draft, keyFilePath(keyDir, set))
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
  syncDirectory(keyDir)
}

/** Puts a new master key first and answers its id; all earlier ones stay, for rows and backups they still have to open. */
export function addMasterKey(keyDir: string, now: Date, set: KeySet = MASTER): string {
  const lock = join(keyDir, `${set.file}.lock`)
  takeLock(lock)
  try {
    const file = readKeyFile(keyDir, set)
    if (!file) throw new KeyringBroken(`没有密钥文件 ${keyFilePath(keyDir, set)}`)
    const added = newMaster(file.master.length + 1, now, set)
    renameSync(writeDraft(keyDir, { ...file, master: [added, ...file.master] }, set), keyFilePath(keyDir, set))
    syncDirectory(keyDir)
    return added.id
  } finally {
    rmSync(lock)
  }
}

// The random part keeps the keys of two installations apart: data met with a stranger's keys is noticed by the id alone.
function newMaster(number: number, now: Date, { letter }: KeySet): KeyFile['master'][number] {
  return {
    id: `${letter}${number}-${randomBytes(4).toString('hex')}`,
    key: randomBytes(KEY_BYTES),
    madeAt: now.toISOString(),
  }
}

function writeDraft(keyDir: string, file: KeyFile, set: KeySet): string {
  const draft = join(keyDir, `.${set.file}-${process.pid}-${randomBytes(4).toString('hex')}`)
  const text = {
    ...file,
    base: file.base.toString('base64'),
    master: file.master.map((one) => ({ ...one, key: one.key.toString('base64') })),
  }
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeFileSync(handle, `${JSON.stringify(text, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return draft
}

// Two commands adding a key at once would lose one of the two keys, and every row wrapped with it.
function takeLock(lock: string): void {
  try {
    closeSync(openSync(lock, 'wx', 0o600))
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    throw new KeyringBroken(`另一个命令正在更换密钥。如果确认没有，请删除 ${lock} 后重试`)
  }
}

function syncDirectory(directory: string): void {
  // Windows cannot open a directory; there the rename itself is journalled.
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
