// Makes a backup of the database and the stored files, while the service runs.

import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { S3Settings } from '../../files/bucket.js'
import { parseAddress } from '../address.js'
import { embeddedFile } from '../source.js'
import { BackupFailed, DATABASE, FILES, linkTree, MANIFEST, pack } from './archive.js'
import type { Manifest } from './archive.js'
import { dumpServer } from './server-dump.js'
import { copySqlite } from './sqlite-copy.js'

export interface BackupPlace {
  /** As DATABASE_URL. */
  url?: string | undefined
  dataDir: string
  /** Where files are, when not under `dataDir`. */
  filesS3?: S3Settings | undefined
}

/**
 * The database first, then the files: whatever a row refers to was stored before the row was. Keys are never included.
 * Files in a bucket stay there, where they never change: its owner keeps versions and copies of what may be too much for
 * one file on one disk.
 * @throws BackupFailed with a sentence for the person at the keyboard.
 */
export async function makeBackup(place: BackupPlace, file: string, now = new Date()): Promise<Manifest> {
  const { url, dataDir, filesS3 } = place
  const isTaken = await access(file).then(
    () => true,
    () => false,
  )
  if (isTaken) throw new BackupFailed(`文件已存在：${file}`)
  await mkdir(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 })
  await mkdir(dataDir, { recursive: true })
  const folder = await mkdtemp(path.join(dataDir, 'backup-'))
  try {
    const copy = path.join(folder, DATABASE)
    const copied = url ? await dumpServer(parseAddress(url), copy) : await copySqlite(embeddedFile(dataDir), copy)
    const manifest: Manifest = {
      format: 'shenhuan-backup/1',
      madeAt: now.toISOString(),
      database: url ? 'server' : 'sqlite',
      ...copied,
      ...(filesS3
        ? { files: 0, filesAt: addressOf(filesS3) }
        : { files: await linkTree(path.join(dataDir, FILES), path.join(folder, FILES)) }),
    }
    await writeFile(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    await pack(folder, file)
    return manifest
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As people write it, without the key. */
export const addressOf = ({ endpoint, bucket, prefix }: S3Settings) =>
  `${endpoint.replace(/\/$/, '')}/${bucket}/${prefix}`

/** Shenyang's date and time, as people name their files. */
export function backupName(now: Date): string {
  const local = now.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
  return `shenhuan-${local.replaceAll(/[-:]/g, '').replace(' ', '-')}.tar`
}
