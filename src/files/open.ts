/** Opens the store that is configured for files: a bucket where there is one, DATA_DIR otherwise. */
import type { Logger } from 'pino'
import { BadConfiguration, type Config } from '../config.js'
import { S3Refused, s3Store } from './s3Store.js'
import { type BlobStore, diskStore } from './store.js'

/** S3's code → the variable at fault and what is wrong with it. */
const faults: Readonly<Record<string, readonly [variable: string, fault: string]>> = {
  NoSuchBucket: ['FILES_S3_BUCKET', 'there is no such bucket'],
  InvalidBucketName: ['FILES_S3_BUCKET', 'is no name of a bucket'],
  InvalidAccessKeyId: ['FILES_S3_KEY_ID', 'is not known to the storage'],
  SignatureDoesNotMatch: ['FILES_S3_SECRET', 'is not the one of FILES_S3_KEY_ID'],
  AccessDenied: ['FILES_S3_KEY_ID', 'may not list the bucket'],
  RequestTimeTooSkewed: ['FILES_S3_ENDPOINT', "the storage's clock and this machine's differ too much"],
  PermanentRedirect: ['FILES_S3_REGION', 'the bucket is somewhere else'],
  AuthorizationHeaderMalformed: ['FILES_S3_REGION', 'the bucket is somewhere else'],
  PathStyleDomainForbidden: ['FILES_S3_ADDRESSING', 'must be host for this storage'],
  SecondLevelDomainForbidden: ['FILES_S3_ADDRESSING', 'must be host for this storage'],
}

type Places = Pick<Config, 'filesDir' | 'filesS3'>

/**
 * A storage that refuses stops the start. One that is only away does not: everything but files can be served, and a
 * service that starts anew during an outage must not make it a larger one.
 * @throws BadConfiguration
 */
export async function openBlobs({ filesDir, filesS3 }: Places, log?: Logger): Promise<BlobStore> {
  if (!filesS3) return diskStore(filesDir)
  const store = await s3Store(filesS3)
  try {
    await store.check()
  } catch (error) {
    if (error instanceof S3Refused) {
      store.close()
      const [variable, fault] = faults[error.code] ?? ['FILES_S3_ENDPOINT', `the storage refuses: ${error.code}`]
      throw new BadConfiguration(`The configuration cannot be used:\n  ${variable}: ${fault}`)
    }
    log?.error({ err: error }, 'the storage of files cannot be reached; serving without it until it can')
  }
  return store
}
