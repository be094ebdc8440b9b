/** What happens inside the process, for whoever counts it: those who say it do not know who listens. */
import { channel } from 'node:diagnostics_channel'
import type { Standing } from './database/node.js'
import type { DeliveryState } from './notices/delivery.js'

interface News<T> {
  tell(message: T): void
  /** Answers how to stop listening. */
  listen(heed: (message: T) => void): () => void
}

/** A transaction met an error after which it may be begun again. `isOver`: it was not, and the caller was told. */
export const retries = news<{ reason: string; isOver: boolean }>('retries')
/** A node of several stands differently; `node` is its host and port. */
export const standings = news<{ node: string; standing: Standing }>('standings')
/** A WeChat message came to its end. */
export const settlements = news<{ outcome: DeliveryState }>('settlements')

function news<T>(name: string): News<T> {
  const one = channel(`shenhuan:${name}`)
  return {
    tell: (message) => one.publish(message),
    listen(heed) {
      const heard = (message: unknown) => heed(message as T)
      one.subscribe(heard)
      return () => {
        one.unsubscribe(heard)
      }
    },
  }
}
