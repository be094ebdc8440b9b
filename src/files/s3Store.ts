/** Blobs as objects `ab/cd/abcd…` of an S3-compatible bucket: the names that they have on disk, so any sync tool moves them. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { pipeline, type Readable, Transform } from 'node:stream'
import { Problem } from '../problem.js'
import { openBucket, type S3Limits, type S3Settings, S3_LIMITS, statusOf } from './bucket.js'
import { type BlobStore, HASH, hashOf, keyOf } from './store.js'

/** The file store does not let itself be used as it is configured; `code` is S3's own. */
export class S3Refused extends Error {
  constructor(readonly code: string) {
    super(`the storage refuses: ${code}`)
    this.name = 'S3Refused'
  }
}

export interface S3Store extends BlobStore {
  /**
   * Looks at the bucket once.
   * @throws S3Refused when waiting would not help; any other error where the storage is only away
   */
  check(): Promise<void>
}

/**
 * A put is one PUT request always, also of what is there: it renews LastModified (which a copy onto itself does not do
 * everywhere) and mends an object that was cut short. S3 answers a PUT once the object is durable, and SigV4 has it check
 * the bytes against their SHA-256.
 *
 * A stamp is not kept: LastModified is the storage's own, to the second, and no request sets it. Whoever may list the bucket
 * (or read its access log) therefore learns when a tip's photo came, though neither whose it is nor, without the database,
 * of which tip. So the service alone gets a key for the bucket, and access logs are kept from those who handle tips; where
 * that cannot be had, files belong on the disk.
 *
 * Looking at an object's age and deleting it are two requests: content that had no owner for a day and is uploaded again
 * in the milliseconds between is lost to the second. No condition S3 offers sees that (the ETag is the same), hence the
 * advice to keep versions.
 */
export async function s3Store(settings: S3Settings, given: Partial<S3Limits> = {}): Promise<S3Store> {
  const limits = { ...S3_LIMITS, ...given }
  const bucket = await openBucket(settings, limits)

  return {
    async put(bytes) {
      const hash = hashOf(bytes)
      await said('文件暂时存不进去，请稍后再试', () => bucket.put(keyOf(hash), bytes))
      return { hash, size: bytes.length }
    },

    async get(hash) {
      if (!HASH.test(hash)) return undefined
      return said('文件暂时打不开，请稍后再试', async () => {
        const found = await bucket.get(keyOf(hash))
        if (!found) return undefined
        const stream = stalling(found, verified(hash), limits.stallMs)
        // What is small is known to be whole, or refused, before anybody is told that it comes.
        await once(stream, 'readable')
        return stream
      })
    },

    async has(hash) {
      if (!HASH.test(hash)) return false
      return said('文件暂时打不开，请稍后再试', async () => (await bucket.putAt(keyOf(hash))) !== undefined)
    },

    async remove(hash, putBefore) {
      if (!HASH.test(hash)) return false
      return said('文件暂时删不掉，请稍后再试', async () => {
        const putAt = await bucket.putAt(keyOf(hash))
        if (!putAt || (putBefore && putAt >= putBefore)) return false
        await bucket.remove(keyOf(hash))
        return true
      })
    },

    /** What is no blob of ours under the prefix is not seen. */
    async *list() {
      let from: string | undefined
      do {
        const { objects, next } = await said('文件目录暂时读不到，请稍后再试', () => bucket.page('', from))
        for (const { name, size, storedAt } of objects) {
          const hash = name.slice(-64)
          if (HASH.test(hash) && name === keyOf(hash)) yield { hash, size, storedAt }
        }
        from = next
      } while (from !== undefined)
    },

    async check() {
      try {
        await bucket.page('', undefined, 1)
      } catch (error) {
        const status = statusOf(error)
        const isRefused = status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429
        throw isRefused ? new S3Refused((error as Error).name) : error
      }
    },

    close: () => bucket.close(),
  }
}

/** What the storage cannot do now is told as 503; the log gets the cause. */
async function said<T>(title: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Altered) throw error
    throw new Problem('unavailable', { title, cause: error })
  }
}

class Altered extends Error {
  constructor(hash: string) {
    super(`The stored bytes of ${hash} are not what they were`)
    this.name = 'Altered'
  }
}

/** Lets the last piece go only when the whole is what its name says: whatever is not is never received whole. */
function verified(hash: string): Transform {
  const digest = createHash('sha256')
  let held: Buffer | undefined
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk)
      const ready = held
      held = chunk
      if (ready) done(null, ready)
      else done()
    },
    flush(done) {
      if (digest.digest('hex') === hash) done(null, held)
      else done(new Altered(hash))
    },
  })
}

/** Ends with either of them: a reader that goes away closes the connection to the storage. */
function stalling(source: Readable, through: Transform, stallMs: number): Readable {
  const timer = setInterval(() => {
    if (hasMoved || through.writableNeedDrain) hasMoved = false
    else source.destroy(new Error(`nothing arrived for ${stallMs} ms`))
  }, stallMs)
  let hasMoved = true
  source.on('data', () => {
    hasMoved = true
  })
  pipeline(source, through, () => clearInterval(timer))
  return through
}
