// Brings a backup's files to where the service will look for them, and finds out which of them are not there.

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openBlobs } from '../../files/open.js'
import { type BlobStore, diskStore, HASH, keyOf } from '../../files/store.js'
import { Problem } from '../../problem.js'
import { BackupFailed, FILES } from './archive.js'
import type { Manifest } from './archive.js'
import type { BackupPlace } from './make.js'

/** What a row of `stored_file` says of its bytes. */
export interface StoredBytes {
  hash: string
  size: number
}

/** The table, and what is asked of it. */
export const STORED_FILES = 'stored_file'
export const STORED_BYTES = `SELECT DISTINCT hash, size FROM ${STORED_FILES}`

/**
 * Before the switch. With a bucket, the files inside the backup are put into it: nothing there is overwritten with
 * anything else, as the names follow from the content.
 * @returns the hashes of the rows whose bytes are missing or of another length
 * @throws BackupFailed, when the bucket is not reached, or needed and not configured
 */
export async function settleFiles(
  { dataDir, filesS3 }: BackupPlace,
  folder: string,
  manifest: Manifest,
  rows: readonly StoredBytes[],
): Promise<string[]> {
  if (manifest.filesAt !== undefined && !filesS3) {
    throw new BackupFailed(`这份备份的附件在对象存储 ${manifest.filesAt}，请先配置 FILES_S3_…，再恢复`)
  }
  const inside = diskStore(path.join(folder, FILES))
  if (!filesS3) return missingFrom(inside, rows)
  const blobs = await openBlobs({ filesDir: path.join(dataDir, FILES), filesS3 })
  try {
    for await (const { hash } of inside.list()) {
      await blobs.put(await readFile(path.join(folder, FILES, keyOf(hash))))
    }
    return await missingFrom(blobs, rows)
  } catch (error) {
    if (error instanceof Problem) throw new BackupFailed('对象存储连不上，请稍后再恢复', { cause: error })
    throw error
  } finally {
    blobs.close()
  }
}

async function missingFrom(blobs: BlobStore, rows: readonly StoredBytes[]): Promise<string[]> {
  if (rows.length === 0) return []
  const sizes = new Map<string, number>()
  for await (const { hash, size } of blobs.list()) sizes.set(hash, size)
  return rows.filter(({ hash, size }) => HASH.test(hash) && sizes.get(hash) !== size).map(({ hash }) => hash)
}
