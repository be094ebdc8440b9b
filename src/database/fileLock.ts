// The embedded database's lock: who uses the data holds a file beside it, for itself alone.
//
// SQLite's own lock on that file ends with the process, however it ends. What the service says of itself lies beside.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import Libsql from 'libsql'
import { InUse, type ReleaseLock } from './inUse.js'

/** @throws InUse with this message while somebody else holds it */
export async function holdFile(dataDir: string, message: string): Promise<ReleaseLock> {
  await mkdir(dataDir, { recursive: true })
  const file = new Libsql(path.join(dataDir, 'service.lock'), { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    throw (error as { code?: string }).code === 'SQLITE_BUSY' ? new InUse(message) : error
  }
  return async () => {
    if (!file.open) return
    file.exec('ROLLBACK')
    file.close()
  }
}

/** For whoever asks while the lock is held by us. */
export async function sayHere(dataDir: string, words: readonly string[]): Promise<void> {
  await writeFile(saidFile(dataDir), words.join('\n'), { mode: 0o600 })
}

const saidFile = (dataDir: string) => path.join(dataDir, 'service.says')

export async function isFileHeld(dataDir: string): Promise<boolean> {
  try {
    await (await holdFile(dataDir, ''))()
    return false
  } catch (error) {
    if (error instanceof InUse) return true
    throw error
  }
}

/** Whether who holds it, or held it last, says all of `words`. */
export async function saidHere(dataDir: string, words: readonly string[]): Promise<boolean> {
  const said = (await readFile(saidFile(dataDir), 'utf8').catch(() => '')).split('\n')
  return words.every((word) => said.includes(word))
}
