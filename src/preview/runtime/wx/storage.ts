/** wx's key-value storage over the browser's, each person's apart. */
import { person } from '../person.js'
import { call, callSync, Refusal } from './call.js'

const PREFIX = `mp:${person}:`
const MOST_BYTES = 10 * 1024 * 1024
const MOST_BYTES_OF_ONE = 1024 * 1024

const encoder = new TextEncoder()
const bytesOf = (text: string) => encoder.encode(text).byteLength

function keys(): string[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
}

const bytesUsed = () =>
  keys().reduce((sum, key) => sum + bytesOf(key) + bytesOf(localStorage.getItem(PREFIX + key) ?? ''), 0)

/** Empty text where there is nothing, as WeChat says it. */
function get(key: string): unknown {
  const text = localStorage.getItem(PREFIX + key)
  return text === null ? '' : JSON.parse(text)
}

function set(key: string, value: unknown): void {
  const text = JSON.stringify(value ?? '')
  if (text === undefined) throw new Refusal('data cannot be stored')
  if (bytesOf(text) > MOST_BYTES_OF_ONE) throw new Refusal('exceed max value size 1Mb')
  const before = bytesOf(localStorage.getItem(PREFIX + key) ?? '')
  if (bytesUsed() - before + bytesOf(text) > MOST_BYTES) throw new Refusal('exceed storage max size 10Mb')
  try {
    localStorage.setItem(PREFIX + key, text)
  } catch {
    // The browser's own limit comes earlier for Chinese.
    throw new Refusal('exceed storage max size 10Mb')
  }
}

const remove = (key: string) => localStorage.removeItem(PREFIX + key)
const clear = () => keys().forEach(remove)
const info = () => ({ keys: keys(), currentSize: Math.ceil(bytesUsed() / 1024), limitSize: MOST_BYTES / 1024 })

interface Keyed {
  key: string
  data?: unknown
}

export const storageApis = {
  getStorageSync: get,
  setStorageSync: callSync('setStorageSync', set),
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: info,
  batchGetStorageSync: (list: string[]) => list.map(get),
  batchSetStorageSync: callSync('batchSetStorageSync', (list: { key: string; value: unknown }[]) => {
    for (const { key, value } of list) set(key, value)
  }),
  getStorage: call('getStorage', ({ key }: Keyed) => {
    if (localStorage.getItem(PREFIX + key) === null) throw new Refusal('data not found')
    return { data: get(key) }
  }),
  setStorage: call('setStorage', ({ key, data }: Keyed) => set(key, data)),
  removeStorage: call('removeStorage', ({ key }: Keyed) => remove(key)),
  clearStorage: call('clearStorage', clear),
  getStorageInfo: call('getStorageInfo', info),
}

/** What WeChat itself remembers of a person, such as the consent to the privacy guide. */
export const remembered = {
  get: (name: string): unknown => JSON.parse(localStorage.getItem(`preview:${person}:${name}`) ?? 'null'),
  set: (name: string, value: unknown) => localStorage.setItem(`preview:${person}:${name}`, JSON.stringify(value)),
}
