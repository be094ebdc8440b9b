/** What a page and the page that opened it say to one another. */
import { guarded } from '../report.js'

type Listener = (...values: unknown[]) => void

export class EventChannel {
  readonly #listeners = new Map<string, Set<Listener>>()
  #other: EventChannel | undefined

  /** Both ends. `events`: what the opener listens to from the beginning. */
  static pair(events: Record<string, Listener> = {}): { opener: EventChannel; opened: EventChannel } {
    const opener = new EventChannel()
    const opened = new EventChannel()
    opener.#other = opened
    opened.#other = opener
    for (const [name, listener] of Object.entries(events)) opener.on(name, listener)
    return { opener, opened }
  }

  on = (name: string, listener: Listener): void => {
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all.add(listener))
  }

  once = (name: string, listener: Listener): void => {
    const once: Listener = (...values) => {
      this.off(name, once)
      listener(...values)
    }
    this.on(name, once)
  }

  off = (name: string, listener?: Listener): void => {
    if (listener) this.#listeners.get(name)?.delete(listener)
    else this.#listeners.delete(name)
  }

  emit = (name: string, ...values: unknown[]): void => {
    const other = this.#other
    const listeners = other ? other.#listeners.get(name) : undefined
    // A copy: `once` takes itself out.
    for (const listener of new Set(listeners)) guarded(() => listener(...values), name)
  }
}
