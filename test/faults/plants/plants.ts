/** Faults put into a copy of the built service on purpose: the campaign has to notice each of them. */
import type { StorageName } from '../campaign/storages.js'

export interface Edit {
  /** Without its ending: the source is `.ts`, the copy `.js`. */
  file: string
  /** Stands exactly once in the source, and so in what is built from it. */
  find: string
  replace: string
}

export interface Plant {
  name: string
  /** What is wrong with the copy. */
  about: string
  edits: readonly Edit[]
  /** Where it must show: in one of these at least. */
  scenarios: readonly string[]
  on: StorageName
  /** No fault by itself: nothing may show. The control to another plant that needs the same edit to be seen. */
  isHarmless?: true
}

/** A reply is out this long before its commit, as on a slow disk: at any moment, under load, one answer is out and not yet kept. */
const EARLY_MS = 60

/**
 * The embedded driver answers at once, so that a transaction which waits for nothing else runs through without a turn
 * of the event loop, and two hardly ever meet. This lets each wait for one turn, as any await of something real would.
 */
const waits: Edit = {
  file: 'http/dispatch',
  find: 'beginAct(db, act)',
  replace: 'beginAct(db, act); await new Promise((turn) => setImmediate(turn))',
}

export const plants: readonly Plant[] = [
  {
    name: 'waiting-transactions',
    about: 'transactions let others have a turn, and the serial runner keeps them apart',
    edits: [waits],
    scenarios: ['bad manners'],
    on: 'embedded',
    isHarmless: true,
  },
  {
    name: 'no-serial-runner',
    about: 'transactions let others have a turn, and all share one query runner of the embedded database',
    edits: [waits, { file: 'database/source', find: 'serialize(ds)', replace: 'void serialize' }],
    scenarios: ['bad manners'],
    on: 'embedded',
  },
  {
    name: 'no-idempotency',
    about: 'the key of a command is not claimed',
    edits: [
      { file: 'http/dispatch', find: 'await claimKey(db, use, act.now, house.know.keyring)', replace: 'undefined' },
    ],
    scenarios: ['bad manners'],
    on: 'embedded',
  },
  {
    name: 'answer-before-commit',
    about: 'a command is answered before its transaction commits',
    edits: [
      {
        file: 'http/dispatch',
        find: 'transact(house.ds, work, { isRepeatable: use !== undefined })',
        replace: `new Promise((resolve, reject) => {
          const early = async (db) => {
            const text = await work(db)
            resolve(text)
            await new Promise((wait) => setTimeout(wait, ${EARLY_MS}))
            return text
          }
          transact(house.ds, early, { isRepeatable: use !== undefined }).catch(reject)
        })`,
      },
    ],
    scenarios: ['service killed'],
    on: 'embedded',
  },
  {
    name: 'clock-unminded',
    about: 'nobody looks whether the clock was set',
    edits: [{ file: 'audit/worker', find: 'await mindClock(house, clock)', replace: 'void clock' }],
    scenarios: ['clock set'],
    on: 'embedded',
  },
  {
    name: 'synchronous-off',
    about: 'the embedded database does not wait for the disk',
    edits: [{ file: 'database/source', find: "'synchronous = FULL'", replace: "'synchronous = OFF'" }],
    scenarios: ['on the disk'],
    on: 'embedded',
  },
  {
    name: 'flush-at-leisure',
    about: 'MariaDB writes its log to the disk when it pleases (innodb_flush_log_at_trx_commit = 0)',
    edits: [
      {
        file: 'database/source',
        find: 'const SESSION = [',
        replace: `const SESSION = [
  'SET GLOBAL innodb_flush_log_at_trx_commit = 0, GLOBAL innodb_flush_log_at_timeout = 2700',`,
      },
    ],
    scenarios: ['on the disk'],
    on: 'MariaDB',
  },
]

/** @throws Error unless the text to be replaced stands there exactly once */
export function planted({ file, find, replace }: Edit, text: string): string {
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`what a plant replaces stands ${times} times in ${file}, not once`)
  return text.replace(find, () => replace)
}
