// Keeps the bytes of files under their own SHA-256, so that equal files are stored once and none can be changed in place.
import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

export interface StoredBlob {
  hash: string
  /** In bytes. */
  size: number
  /** The latest `put` of this content: who clears orphans spares what was put again since. */
  storedAt: Date
}

/** What an S3-compatible store must offer to take over: keys are hashes, and nothing else is assumed. */
export interface BlobStore {
  /**
   * When it resolves, the bytes outlive a power cut. `stamp`: where nobody may learn when they came, the store is to say
   * this instead, as far as it can.
   */
  put(bytes: Buffer, stamp?: Date): Promise<{ hash: string; size: number }>
  /** Undefined when there is no such blob, so that the answer can still be a 404. */
  get(hash: string): Promise<Readable | undefined>
  has(hash: string): Promise<boolean>
  /** Spares what was put again since that moment. Whether there was one to remove. */
  remove(hash: string, putBefore?: Date): Promise<boolean>
  list(): AsyncIterable<StoredBlob>
  /** Lets go of what it holds of the outside. */
  close(): void
}

export const HASH = /^[0-9a-f]{64}$/
/** The name of a blob in its store. */
export const keyOf = (hash: string) => `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`
const FOLDER = /^[0-9a-f]{2}$/
const INCOMING = 'incoming'
/** No write takes this long: what is older was left by a process that died. */
const ABANDONED_MS = 60 * 60 * 1000

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Blobs in files `ab/cd/abcd…` under `root`, which is made when first needed. A stamp stands in the times of the file and
 * of its folders; the inode's own (ctime, birth) nobody can set, so that root on this machine still reads the moment from
 * the file system. Copies and backups do not have it.
 */
export function diskStore(root: string): BlobStore {
  const incoming = join(root, INCOMING)
  const pathOf = (hash: string) => (HASH.test(hash) ? join(root, keyOf(hash)) : undefined)

  let preparing: Promise<void> | undefined
  const prepare = () => {
    preparing ??= makeFolder(incoming)
      .then(() => clearAbandoned(incoming))
      .catch((error: unknown) => {
        preparing = undefined
        throw error
      })
    return preparing
  }

  return {
    async put(bytes, stamp) {
      const hash = hashOf(bytes)
      const path = join(root, keyOf(hash))
      const blob = { hash, size: bytes.length }
      if ((await sizeOf(path)) === bytes.length && (await touch(path, stamp))) return blob
      await prepare()
      await makeFolder(dirname(path))
      const draft = join(incoming, `${hash}.${randomUUID()}`)
      try {
        await writeThrough(draft, bytes)
        if (stamp) await touch(draft, stamp)
        await rename(draft, path)
        if (stamp) for (const folder of [dirname(path), dirname(dirname(path)), incoming]) await touch(folder, stamp)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
      return blob
    },

    async get(hash) {
      const path = pathOf(hash)
      const file = path === undefined ? undefined : await unlessAbsent(open(path, 'r'))
      return file?.createReadStream()
    },

    async has(hash) {
      const path = pathOf(hash)
      return path !== undefined && (await sizeOf(path)) !== undefined
    },

    async remove(hash, putBefore) {
      const path = pathOf(hash)
      const found = path === undefined ? undefined : await unlessAbsent(stat(path))
      if (path === undefined || !found || (putBefore && found.mtime >= putBefore)) return false
      return (await unlessAbsent(rm(path).then(() => true))) === true
    },

    async *list() {
      for (const first of await foldersIn(root)) {
        for (const second of await foldersIn(join(root, first))) {
          for (const hash of await namesIn(join(root, first, second))) {
            const path = pathOf(hash)
            const found = path === undefined ? undefined : await unlessAbsent(stat(path))
            if (found) yield { hash, size: found.size, storedAt: found.mtime }
          }
        }
      }
    },

    close() {},
  }
}

async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await unlessAbsent(stat(path)))?.size
}

async function touch(path: string, at = new Date()): Promise<boolean> {
  return (await unlessAbsent(utimes(path, at, at).then(() => true))) === true
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessAbsent(readdir(folder))) ?? []
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => FOLDER.test(name))
}

async function writeThrough(path: string, bytes: Buffer): Promise<void> {
  await using(await open(path, 'wx', 0o600), async (file) => {
    await file.writeFile(bytes)
    await file.sync()
  })
}

async function syncFolder(folder: string): Promise<void> {
  await using(await open(folder, 'r'), (file) => file.sync())
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file)
  } finally {
    await file.close()
  }
}

/** A new folder is safe once its parent is on disk too, up to the first one that was there before. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at))
}

async function clearAbandoned(incoming: string): Promise<void> {
  for (const name of await namesIn(incoming)) {
    const path = join(incoming, name)
    const found = await unlessAbsent(stat(path))
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}
