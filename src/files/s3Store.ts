/** Blobs as objects `ab/cd/abcd…` of an S3-compatible bucket: the names that they have on disk, so any sync tool moves them. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { pipeline, type Readable, Transform } from 'node:stream'
import { Problem } from '../problem.js'
import { type BlobStore, HASH, hashOf, keyOf } from './store.js'

export interface S3Settings {
  /** Of the storage, without the bucket, such as `https://s3.cn-north-1.amazonaws.com.cn`. */
  endpoint: string
  bucket: string
  region: string
  keyId: string
  secret: string
  /** Empty, or ends in a slash. */
  prefix: string
  /** Whether the bucket is the first part of the path (MinIO, Ceph) or of the host name (阿里云 OSS, 腾讯云 COS). */
  addressing: 'path' | 'host'
}

export interface S3Limits {
  /** For a connection to open. */
  connectMs: number
  /** For one attempt, from the request to the head of the answer; an upload has one more for each `bytesAttempt`. */
  attemptMs: number
  bytesAttempt: number
  attempts: number
  /** A download of which nothing arrives for so long, though its reader waits, is broken off. */
  stallMs: number
}

/** An S3 that is away is known to be so within 7 s, one that stands still within 20 s: before any proxy gives up. */
export const S3_LIMITS: S3Limits = {
  connectMs: 2_000,
  attemptMs: 8_000,
  bytesAttempt: 20 * 1024 * 1024,
  attempts: 3,
  stallMs: 15_000,
}

/** Together with an attempt's own limit: the attempts do not add up. */
const PATIENCE = 2.5
/** Slow phones hold a connection for as long as they read, and uploads must not wait for them. */
const MAX_SOCKETS = 256

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
 * Looking at an object's age and deleting it are two requests: content that had no owner for a day and is uploaded again
 * in the milliseconds between is lost to the second. No condition S3 offers sees that (the ETag is the same), hence the
 * advice to keep versions.
 */
export async function s3Store(settings: S3Settings, given: Partial<S3Limits> = {}): Promise<S3Store> {
  // Read only here: it takes memory and time that a service with its files on disk need not pay.
  const aws = await import('@aws-sdk/client-s3')
  const limits = { ...S3_LIMITS, ...given }
  const { bucket: Bucket, prefix } = settings
  const client = new aws.S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.keyId, secretAccessKey: settings.secret },
    forcePathStyle: settings.addressing === 'path',
    maxAttempts: limits.attempts,
    retryMode: 'standard',
    // The client's defaults (a CRC32 header, and trailers in aws-chunked bodies) are refused by older MinIO, Ceph, OSS,
    // COS and OBS. Nothing is lost: the SHA-256 is signed on the way in and checked against the key on the way out.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: limits.connectMs,
      requestTimeout: limits.attemptMs,
      throwOnRequestTimeout: true,
      // A reader that is slow itself is no fault of the storage; `stalling` knows the difference.
      socketTimeout: 0,
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
    // The service's log says what it must; the client would write to the console.
    logger: { debug() {}, info() {}, warn() {}, error() {}, trace() {} },
  })

  const objectOf = (hash: string) => ({ Bucket, Key: prefix + keyOf(hash) })

  /** What a client's `send` takes besides the command; the limit ends with the head of the answer. */
  const within = async <T>(work: (options: object) => Promise<T>, bytes = 0): Promise<T> => {
    const requestTimeout = limits.attemptMs * (1 + Math.floor(bytes / limits.bytesAttempt))
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), requestTimeout * PATIENCE)
    try {
      return await work({ requestTimeout, abortSignal: deadline.signal })
    } finally {
      clearTimeout(timer)
    }
  }

  const page = (more: { ContinuationToken?: string | undefined; MaxKeys?: number }) =>
    within((options) => client.send(new aws.ListObjectsV2Command({ Bucket, Prefix: prefix, ...more }), options))

  const head = (hash: string) =>
    unlessAbsent(within((options) => client.send(new aws.HeadObjectCommand(objectOf(hash)), options)))

  return {
    async put(bytes) {
      const hash = hashOf(bytes)
      const put = new aws.PutObjectCommand({ ...objectOf(hash), Body: bytes, ContentType: 'application/octet-stream' })
      await said('文件暂时存不进去，请稍后再试', () => within((options) => client.send(put, options), bytes.length))
      return { hash, size: bytes.length }
    },

    async get(hash) {
      if (!HASH.test(hash)) return undefined
      return said('文件暂时打不开，请稍后再试', async () => {
        const get = new aws.GetObjectCommand(objectOf(hash))
        const found = await unlessAbsent(within((options) => client.send(get, options)))
        if (!found) return undefined
        const stream = stalling(found.Body as Readable, verified(hash), limits.stallMs)
        // What is small is known to be whole, or refused, before anybody is told that it comes.
        await once(stream, 'readable')
        return stream
      })
    },

    async has(hash) {
      if (!HASH.test(hash)) return false
      return said('文件暂时打不开，请稍后再试', async () => (await head(hash)) !== undefined)
    },

    async remove(hash, putBefore) {
      if (!HASH.test(hash)) return false
      return said('文件暂时删不掉，请稍后再试', async () => {
        const found = await head(hash)
        if (!found || (putBefore && (found.LastModified ?? new Date()) >= putBefore)) return false
        await within((options) => client.send(new aws.DeleteObjectCommand(objectOf(hash)), options))
        return true
      })
    },

    /** What is no blob of ours under the prefix is not seen. */
    async *list() {
      let from: string | undefined
      do {
        const { Contents = [], NextContinuationToken } = await said('文件目录暂时读不到，请稍后再试', () =>
          page({ ContinuationToken: from }),
        )
        for (const { Key = '', Size: size = 0, LastModified: storedAt = new Date() } of Contents) {
          const hash = Key.slice(-64)
          if (HASH.test(hash) && Key === prefix + keyOf(hash)) yield { hash, size, storedAt }
        }
        from = NextContinuationToken
      } while (from !== undefined)
    },

    async check() {
      try {
        await page({ MaxKeys: 1 })
      } catch (error) {
        const status = statusOf(error)
        const isRefused = status !== undefined && status >= 300 && status < 500 && status !== 408 && status !== 429
        throw isRefused ? new S3Refused((error as Error).name) : error
      }
    },

    close: () => client.destroy(),
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

/** Of S3's answer; undefined when there was none. */
const statusOf = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode

/** An answer to HEAD has no body, so that there a missing bucket looks the same as a missing object. */
async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket') return undefined
    throw error
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
