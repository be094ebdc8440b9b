// The backup file: a plain tar of the database's copy, the stored files, a manifest and the checksums of all of them.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, link, lstat, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BinlogPosition } from './binlog-position.js'

export interface Manifest {
  format: 'shenhuan-backup/1'
  madeAt: string
  database: 'sqlite' | 'server'
  /** Names of the migrations that the database had. */
  migrations: string[]
  /** Rows in each table, so that a restored server can be counted against them. */
  rows: Record<string, number>
  /** Those inside. */
  files: number
  /** Of a server with a binary log: where to go on in it. */
  binlog?: BinlogPosition
  /** Why there is none. */
  noBinlog?: string
  /** Where the files are instead; undefined: inside. */
  filesAt?: string
}

/** What is wrong with a backup or its place, said to the person at the keyboard. */
export class BackupFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupFailed'
  }
}

export const SUMS = 'SHA256SUMS'
export const MANIFEST = 'manifest.json'
export const DATABASE = 'database.gz'
export const FILES = 'files'

/** `folder` becomes one file, which appears under its name only when it is whole and on the disk. */
export async function pack(folder: string, file: string): Promise<void> {
  await writeFile(path.join(folder, SUMS), await sumsOf(folder))
  const part = `${file}.part`
  try {
    await (await open(part, 'wx', 0o600)).close()
    await tar('-cf', part, '-C', folder, '.')
    const handle = await open(part, 'r+')
    await handle.sync()
    await handle.close()
    await link(part, file)
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') throw new BackupFailed(`文件已存在：${file}`)
    throw error
  } finally {
    await rm(part, { force: true })
  }
}

/** Unpacks into `folder`, an empty one, and checks every byte before anybody uses it. */
export async function unpack(file: string, folder: string): Promise<Manifest> {
  try {
    await tar('-xf', file, '-C', folder, '--no-same-owner', '--no-same-permissions')
  } catch (error) {
    throw new BackupFailed('备份文件打不开，可能不完整', { cause: error })
  }
  const told = await readFile(path.join(folder, SUMS), 'utf8').catch(() => '')
  if (told === '') throw new BackupFailed('这不是本系统的备份文件')
  if (told !== (await sumsOf(folder))) throw new BackupFailed('备份文件已损坏：校验和不符')
  const manifest = JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')) as Manifest
  if (manifest.format !== 'shenhuan-backup/1') throw new BackupFailed('备份文件的格式不认识，请换用新版本的程序')
  return manifest
}

/**
 * Blobs never change once written, so a link is a copy, and one already there is the same; one that vanishes meanwhile
 * was an orphan. Answers how many were added.
 */
export async function linkTree(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true })
  let count = 0
  for (const entry of await readdir(from, { withFileTypes: true }).catch(noEntries)) {
    if (entry.name.startsWith('.')) continue
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) count += await linkTree(source, target)
    if (entry.isFile() && (await linkOrCopy(source, target))) count++
  }
  return count
}

async function linkOrCopy(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target).catch((error: { code?: string }) => {
      if (error.code === 'ENOENT' || error.code === 'EEXIST') throw error
      return copyFile(source, target)
    })
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOENT' || code === 'EEXIST') return false
    throw error
  }
}

/** In the form of sha256sum, so that anybody can check a backup by hand. */
async function sumsOf(folder: string): Promise<string> {
  const lines: string[] = []
  for (const name of (await filesIn(folder)).toSorted()) {
    if (name === SUMS) continue
    lines.push(`${await sha256(path.join(folder, name))}  ./${name}\n`)
  }
  return lines.join('')
}

async function filesIn(folder: string, below = ''): Promise<string[]> {
  const names: string[] = []
  for (const name of await readdir(path.join(folder, below))) {
    const inner = below === '' ? name : `${below}/${name}`
    const kind = await lstat(path.join(folder, inner))
    if (kind.isDirectory()) names.push(...(await filesIn(folder, inner)))
    else if (kind.isFile()) names.push(inner)
    else throw new BackupFailed('备份文件中有不该有的内容')
  }
  return names
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function noEntries(error: { code?: string }): never[] {
  if (error.code === 'ENOENT') return []
  throw error
}

function tar(...options: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('tar', options, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (data: Buffer) => {
      complaint += data.toString()
    })
    child.once('error', (error) => reject(new BackupFailed('需要系统的 tar 命令', { cause: error })))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar: ${complaint.trim()}`))))
  })
}

/** Renames one after the other; when one fails, those before it are taken back. */
export async function renameAll(moves: [from: string, to: string][]): Promise<() => Promise<void>> {
  const done: [string, string][] = []
  const takeBack = async () => {
    for (const [from, to] of done.splice(0).toReversed()) await rename(to, from)
  }
  try {
    for (const [from, to] of moves) {
      await rename(from, to)
      done.push([from, to])
    }
    return takeBack
  } catch (error) {
    await takeBack()
    throw error
  }
}
