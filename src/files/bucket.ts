/** An S3-compatible bucket: named objects under a prefix, each call within bounds of time. */
import type { Readable } from 'node:stream'

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

/** Names are without the prefix. What the storage cannot do now is thrown as the client throws it. */
export interface Bucket {
  put(name: string, bytes: Buffer): Promise<void>
  /** Undefined where there is none; what comes is not yet checked. */
  get(name: string): Promise<Readable | undefined>
  /** When it was last put, undefined where there is none. */
  putAt(name: string): Promise<Date | undefined>
  remove(name: string): Promise<void>
  /** A page of what is under the prefix and begins with `start`. */
  page(start: string, from?: string, atMost?: number): Promise<{ objects: StoredObject[]; next: string | undefined }>
  close(): void
}

export interface StoredObject {
  name: string
  /** In bytes. */
  size: number
  storedAt: Date
}

export async function openBucket(settings: S3Settings, limits: S3Limits): Promise<Bucket> {
  // Read only here: it takes memory and time that a service with its files on disk need not pay.
  const aws = await import('@aws-sdk/client-s3')
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

  return {
    async put(name, bytes) {
      const put = new aws.PutObjectCommand({
        Bucket,
        Key: prefix + name,
        Body: bytes,
        ContentType: 'application/octet-stream',
      })
      await within((options) => client.send(put, options), bytes.length)
    },
    async get(name) {
      const get = new aws.GetObjectCommand({ Bucket, Key: prefix + name })
      const found = await unlessAbsent(within((options) => client.send(get, options)))
      return found?.Body as Readable | undefined
    },
    async putAt(name) {
      const head = new aws.HeadObjectCommand({ Bucket, Key: prefix + name })
      const found = await unlessAbsent(within((options) => client.send(head, options)))
      return found && (found.LastModified ?? new Date())
    },
    async remove(name) {
      await within((options) => client.send(new aws.DeleteObjectCommand({ Bucket, Key: prefix + name }), options))
    },
    async page(start, from, atMost) {
      const list = new aws.ListObjectsV2Command({
        Bucket,
        Prefix: prefix + start,
        ...(from === undefined ? {} : { ContinuationToken: from }),
        ...(atMost === undefined ? {} : { MaxKeys: atMost }),
      })
      const { Contents = [], NextContinuationToken } = await within((options) => client.send(list, options))
      const objects = Contents.map(({ Key = '', Size: size = 0, LastModified: storedAt = new Date() }) => ({
        name: Key.slice(prefix.length),
        size,
        storedAt,
      }))
      return { objects, next: NextContinuationToken }
    },
    close: () => client.destroy(),
  }
}

/** Of S3's answer; undefined when there was none. */
export const statusOf = (error: unknown) =>
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
