/** Keeps a person's files in IndexedDB, so that they are still there after a reload. */
import { person } from '../person.js'

export interface StoredFile {
  path: string
  /** Null: a folder. */
  content: Blob | null
  /** Milliseconds. */
  changedAt: number
}

const DATABASE = 'preview-files'
const TABLE = 'files'
/** The start does not wait longer for files: a browser may keep none. */
const PATIENCE_MS = 1000

const keyOf = (path: string) => `${person} ${path}`

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

let database: IDBDatabase | undefined

function table(mode: IDBTransactionMode): IDBObjectStore | undefined {
  return database?.transaction(TABLE, mode).objectStore(TABLE)
}

async function openDatabase(): Promise<StoredFile[]> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE)
  database = await settled(opening)
  // Keys of one person: from `name ` to just before `name!`.
  const mine = IDBKeyRange.bound(`${person} `, `${person}!`, false, true)
  return (await settled(table('readonly')!.getAll(mine))) as StoredFile[]
}

/** Everything that was kept; nothing where the browser keeps nothing. */
export async function readFiles(): Promise<StoredFile[]> {
  const tooLate = new Promise<StoredFile[]>((resolve) => setTimeout(resolve, PATIENCE_MS, []))
  return Promise.race([openDatabase().catch(() => []), tooLate])
}

export async function keepFile(file: StoredFile): Promise<void> {
  const files = table('readwrite')
  if (files) await settled(files.put(file, keyOf(file.path)))
}

export async function dropFile(path: string): Promise<void> {
  const files = table('readwrite')
  if (files) await settled(files.delete(keyOf(path)))
}
