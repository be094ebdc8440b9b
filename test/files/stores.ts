/** The stores that every test of blobs runs on. */
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { S3Settings } from '../../src/files/bucket.js'
import { s3Store } from '../../src/files/s3Store.js'
import { type BlobStore, diskStore, keyOf } from '../../src/files/store.js'
import { type S3Server, S3_KEY, startS3 } from './s3Server.js'

export interface Place {
  store: BlobStore
  /** Another process's look at the same place. */
  again(): Promise<BlobStore>
  /** The file that holds the blob's bytes. */
  fileOf(hash: string): string
  end(): Promise<void>
}

let server: Promise<S3Server> | undefined
/** Ends with the test process, in which one file of tests follows the other. */
export const s3 = (): Promise<S3Server> => (server ??= startS3())

/** A new, empty bucket of the tests' storage. */
export async function bucket(more: Partial<S3Settings> = {}): Promise<S3Settings> {
  const { url, createBucket } = await s3()
  const name = await createBucket(`t-${uuid()}`)
  return { endpoint: url, bucket: name, region: 'us-east-1', prefix: '', addressing: 'path', ...S3_KEY, ...more }
}

/** The same for a service. */
export const envOf = ({ endpoint, bucket: name, keyId, secret, prefix }: S3Settings): Record<string, string> => ({
  FILES_S3_ENDPOINT: endpoint,
  FILES_S3_BUCKET: name,
  FILES_S3_KEY_ID: keyId,
  FILES_S3_SECRET: secret,
  FILES_S3_PREFIX: prefix,
})

export const stores: Readonly<Record<string, () => Promise<Place>>> = {
  async disk() {
    const root = await mkdtemp(join(tmpdir(), 'blobs-'))
    const again = async () => diskStore(join(root, 'deep', 'blobs'))
    return {
      store: await again(),
      again,
      fileOf: (hash) => join(root, 'deep', 'blobs', keyOf(hash)),
      end: () => rm(root, { recursive: true }),
    }
  },
  async S3() {
    const settings = await bucket({ prefix: 'deep/blobs/' })
    const { fileOf } = await s3()
    const store = await s3Store(settings)
    const others: BlobStore[] = []
    return {
      store,
      async again() {
        const other = await s3Store(settings)
        others.push(other)
        return other
      },
      fileOf: (hash) => fileOf(settings.bucket, `deep/blobs/${keyOf(hash)}`),
      async end() {
        for (const one of [store, ...others]) one.close()
      },
    }
  },
}

/** As if the bytes had been put at that moment. */
export const age = (file: string, at: Date) => utimes(file, at, at)
