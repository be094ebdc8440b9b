// The numbered places of a server's database: any number of services share it, each holding one.
//
// With its place a service holds what it says of itself (which master keys it has, which contractions it lives with), one
// lock for each: who is about to do something that not every process could bear asks whether all of them say so.
// A service takes its place first and then looks at the door (`door.ts`).

import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from 'mysql2/promise'
import type { ServerAddress } from './address.js'
import { InUse, type ReleaseLock } from './inUse.js'
import { ask, letGo, lockNames, openLockConnection } from './namedLocks.js'
import { NewerDatabase } from './phases.js'
import { refuseOutsider } from './source.js'

const PLACES = 64
const RETAKE_MS = 500
const LOOK_MS = 2000
const RESTORING = '正在恢复数据，请等恢复完成再启动服务'

class Contracting extends InUse {
  constructor() {
    super('正在做升级的收尾，请稍后再启动服务')
  }
}

export interface Serving {
  address: ServerAddress
  says: readonly string[]
  admit: () => Promise<void>
}

async function takePlace({ address, says, admit }: Serving): Promise<Connection> {
  const names = lockNames(address)
  const connection = await openLockConnection(address)
  try {
    let place: number | undefined
    for (let n = 0; n < PLACES && place === undefined; n++) {
      if ((await ask(connection, 'GET_LOCK(?, 0)', [names.place(n)])) === 1) place = n
    }
    if (place === undefined) throw new InUse(`同一数据库上最多运行 ${PLACES} 个服务进程`)
    for (const word of says) await ask(connection, 'GET_LOCK(?, 0)', [names.word(word, place)])
    if ((await ask(connection, 'IS_FREE_LOCK(?)', [names.door('restore')])) !== 1) throw new InUse(RESTORING)
    if ((await ask(connection, 'IS_FREE_LOCK(?)', [names.door('contract')])) !== 1) throw new Contracting()
    await admit()
    return connection
  } catch (error) {
    connection.destroy()
    throw error
  }
}

/**
 * Held until released; taken again wherever the service goes on when its connection is lost.
 * @throws InUse, or what `admit` throws
 */
export async function holdPlace(serving: Serving, onLost: (error: Error) => void): Promise<ReleaseLock> {
  let isReleased = false
  let place = await takePlace(serving)
  watch()

  function watch(): void {
    const watched = place
    let isGone = false
    const gone = () => {
      if (isGone || isReleased) return
      isGone = true
      watched.destroy()
      void retake()
    }
    watched.on('error', gone)
    watched.on('end', gone)
    // A node that has left its cluster keeps the connection, and nobody would find the place on it.
    const look = () => {
      if (isGone || isReleased) return
      refuseOutsider(watched).then(later, gone)
    }
    const later = () => setTimeout(look, LOOK_MS).unref()
    later()
  }

  async function retake(): Promise<void> {
    while (!isReleased) {
      try {
        const next = await takePlace(serving)
        if (isReleased) return next.destroy()
        place = next
        return watch()
      } catch (error) {
        if (error instanceof NewerDatabase || (error instanceof InUse && !(error instanceof Contracting))) {
          return onLost(error)
        }
        await delay(RETAKE_MS, undefined, { ref: false })
      }
    }
  }

  return async () => {
    if (isReleased) return
    isReleased = true
    await letGo(place)
  }
}

/** Whether each place that is taken on this node says all of `words`; without words, whether none is taken. */
export async function sayAll(
  connection: Connection,
  address: ServerAddress,
  words: readonly string[],
): Promise<boolean> {
  const names = lockNames(address)
  const places = Array.from({ length: PLACES }, (_, n) => n)
  const free = places.map(() => 'IS_FREE_LOCK(?)').join(' + ')
  if (words.length === 0) return (await ask(connection, free, places.map(names.place))) === PLACES
  for (const word of words) {
    const mute = places.map(() => '(IS_FREE_LOCK(?) = 0 AND IS_FREE_LOCK(?) = 1)').join(' + ')
    const locks = places.flatMap((n) => [names.place(n), names.word(word, n)])
    if ((await ask(connection, mute, locks)) > 0) return false
  }
  return true
}
