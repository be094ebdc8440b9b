// Keeps restore away from a running service, and a second service away from the same embedded database.
//
// The locks belong to a process's own connection or open file: they end with the process, however it ends, so that
// there is no stale lock to clear by hand. Embedded: `fileLock.ts`; a server: `places.ts` for the services, `door.ts` for
// whoever keeps them out.

import { access } from 'node:fs/promises'
import path from 'node:path'
import type { DataSource } from 'typeorm'
import type { ServerAddress } from './address.js'
import { eachHost, shutDoor } from './door.js'
import { holdFile, isFileHeld, saidHere, sayHere } from './fileLock.js'
import { InUse, type ReleaseLock } from './inUse.js'
import { holdPlace, sayAll } from './places.js'
import { addressOf } from './source.js'

interface ServiceLockOptions {
  ds: DataSource
  dataDir: string
  /** The lock's connection was lost, and before it was back something began that this process must not serve during. */
  onLost?: (error: Error) => void
  /** What others may have to know of this process, in words without secrets. */
  says?: readonly string[]
  /** Asked with the place in hand, each time it is taken: throws what keeps this process from serving. */
  admit?: () => Promise<void>
}

/** Held from start to stop by every service process. @throws InUse while data is being restored. */
export async function holdServiceLock(options: ServiceLockOptions): Promise<ReleaseLock> {
  const { ds, dataDir, onLost = () => {}, says = [], admit = async () => {} } = options
  await refuseHalfRestored(dataDir)
  const address = addressOf(ds)
  if (address) return holdPlace({ address, says, admit }, onLost)
  const release = await holdFile(dataDir, '另一个服务正在使用这个数据目录，或者正在恢复数据')
  try {
    await sayHere(dataDir, says)
    await admit()
    return release
  } catch (error) {
    await release()
    throw error
  }
}

/** Held while data is replaced. @throws InUse while any service runs. */
export async function holdRestoreLock(
  address: ServerAddress | undefined,
  dataDir: string,
  running = '服务正在运行，请先停止服务再恢复',
): Promise<ReleaseLock> {
  return address ? shutDoor(address, 'restore', [], running) : holdFile(dataDir, running)
}

/** Held while old columns are taken away. @throws InUse while a service runs that does not say all of `words`. */
export async function holdWhileContracting(
  address: ServerAddress | undefined,
  dataDir: string,
  words: readonly string[],
): Promise<ReleaseLock> {
  if (!address) return holdFile(dataDir, '服务正在运行，请先停止服务再收尾')
  return shutDoor(address, 'contract', words, '还有旧版本的服务进程在运行：请把它们都换成新版本，再做收尾')
}

/** Whether each service that runs at this moment says all of `words`. */
export async function allSay(
  address: ServerAddress | undefined,
  dataDir: string,
  words: readonly string[],
): Promise<boolean> {
  if (!address) return !(await isFileHeld(dataDir)) || (await saidHere(dataDir, words))
  let isSaid = true
  await eachHost(address, async (connection) => {
    try {
      isSaid &&= await sayAll(connection, address, words)
    } finally {
      connection.destroy()
    }
  })
  return isSaid
}

/** Stands while the old data is being swapped for the new: what lies there may be neither. */
export function swapMark(dataDir: string): string {
  return path.join(dataDir, 'restore-unfinished')
}

async function refuseHalfRestored(dataDir: string): Promise<void> {
  const isHalfDone = await access(swapMark(dataDir)).then(
    () => true,
    () => false,
  )
  if (isHalfDone) throw new InUse('上次恢复在替换数据时中断，请先再执行一次恢复：npm run restore -- 备份文件 --replace')
}
