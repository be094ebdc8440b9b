/** Faults put into a copy of the built service on purpose: the campaign has to notice each of them. */
import type { StorageName } from '../campaign/storages.js'

export interface Plant {
  name: string
  /** What is wrong with the copy. */
  about: string
  /** Without its ending: the source is `.ts`, the copy `.js`. */
  file: string
  /** Stands exactly once in the source, and so in what is built from it. */
  find: string
  replace: string
  /** Where it must show: in one of these at least. */
  scenarios: readonly string[]
  on: StorageName
}

/** A reply is out this long before its commit: on a disk that is slow. */
const EARLY_MS = 15

export const plants: readonly Plant[] = [
  {
    name: 'no-serial-runner',
    about: 'all callers share one query runner of the embedded database',
    file: 'database/source',
    find: 'serialize(ds)',
    replace: 'void serialize',
    scenarios: ['bad manners', 'service killed'],
    on: 'embedded',
  },
  {
    name: 'no-idempotency',
    about: 'the key of a command is not claimed',
    file: 'http/dispatch',
    find: 'await claimKey(db, use, now, house.know.keyring)',
    replace: 'undefined',
    scenarios: ['bad manners'],
    on: 'embedded',
  },
  {
    name: 'answer-before-commit',
    about: 'a command is answered before its transaction commits',
    file: 'http/dispatch',
    find: 'const answer = await transact(house.ds, async (db) => {',
    replace: `const early = (ds, work) => new Promise((resolve, reject) => {
      transact(ds, async (db) => {
        const text = await work(db)
        resolve(text)
        await new Promise((wait) => setTimeout(wait, ${EARLY_MS}))
        return text
      }).catch(reject)
    })
    const answer = await early(house.ds, async (db) => {`,
    scenarios: ['service killed'],
    on: 'embedded',
  },
]

/** @throws Error unless the text to be replaced stands there exactly once */
export function planted({ name, file, find, replace }: Plant, text: string): string {
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`${name}: what it replaces stands ${times} times in ${file}, not once`)
  return text.replace(find, () => replace)
}
