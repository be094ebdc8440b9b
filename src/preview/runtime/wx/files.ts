/** The mini-program's files: temporary ones for this run, those under `wxfile://usr` and `wxfile://store` for good. */
import { randomName } from '../random.js'
import { warn } from '../report.js'
import { Refusal } from './call.js'
import { dropFile, keepFile, readFiles, type StoredFile } from './fileStore.js'

export const USER_DATA = 'wxfile://usr'
const TEMPORARY = 'wxfile://tmp'
const SAVED = 'wxfile://store'
/** Of what is kept for good, as WeChat allows. */
const MOST_BYTES = 200 * 1024 * 1024

const ENDINGS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'text/plain': 'txt',
  'video/quicktime': 'mov',
}

/** Of a file's name, or else of its type. */
export function endingOf(file: Blob): string {
  const ofName = file instanceof File ? /\.([\w]{1,8})$/.exec(file.name)?.[1] : undefined
  return (ofName ?? ENDINGS[file.type] ?? /\/([\w]+)/.exec(file.type)?.[1] ?? 'bin').toLowerCase()
}

const TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  mp4: 'video/mp4',
}

export const typeOfPath = (path: string): string => TYPES[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? ''

const tidy = (path: string) => path.replace(/\/+$/, '')
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
const isKept = (path: string) => path.startsWith(`${USER_DATA}/`) || path.startsWith(`${SAVED}/`)
const isRoot = (path: string) => [USER_DATA, SAVED, TEMPORARY].includes(path)

/** Every method but `open` works at once; what shall last is written behind it (`written` waits for that). */
class Files {
  readonly #files = new Map<string, StoredFile>()
  readonly #addresses = new Map<string, string>()
  #writing: Promise<unknown> = Promise.resolve()

  async open(): Promise<void> {
    for (const file of await readFiles()) this.#files.set(file.path, file)
  }

  written(): Promise<unknown> {
    return this.#writing
  }

  addTemporary(content: Blob): string {
    const path = `${TEMPORARY}/${randomName()}.${endingOf(content)}`
    this.#files.set(path, { path, content, changedAt: Date.now() })
    return path
  }

  /** Where a file is saved that was not told where. */
  newSavedPath(content: Blob): string {
    return `${SAVED}/${randomName()}.${endingOf(content)}`
  }

  has(path: string): boolean {
    return isRoot(tidy(path)) || this.#files.has(tidy(path))
  }

  isFolder(path: string): boolean {
    return isRoot(tidy(path)) || this.#files.get(tidy(path))?.content === null
  }

  /** @throws Refusal */
  entry(path: string, action: string): StoredFile {
    const file = this.#files.get(tidy(path))
    if (!file) throw new Refusal(`no such file or directory, ${action} "${path}"`, 1300002)
    return file
  }

  /** @throws Refusal */
  read(path: string, action = 'open'): Blob {
    const { content } = this.entry(path, action)
    if (content === null) throw new Refusal(`illegal operation on a directory, ${action} "${path}"`, 1301003)
    return content
  }

  /** @throws Refusal */
  write(path: string, content: Blob | null): void {
    const where = tidy(path)
    if (!isKept(where)) throw new Refusal(`permission denied, open "${path}"`, 1300013)
    if (!this.isFolder(parentOf(where))) throw new Refusal(`no such file or directory, open "${path}"`, 1300002)
    if (content && this.isFolder(where)) throw new Refusal(`illegal operation on a directory, open "${path}"`, 1301003)
    if (content && this.bytesKept() + content.size > MOST_BYTES) {
      throw new Refusal('the maximum size of the file storage limit is exceeded', 1300202)
    }
    this.#forgetAddress(where)
    const typed = content && (content.type === '' ? content.slice(0, content.size, typeOfPath(where)) : content)
    const file = { path: where, content: typed, changedAt: Date.now() }
    this.#files.set(where, file)
    this.#behind(() => keepFile(file))
  }

  /** @throws Refusal */
  remove(path: string, action: string): void {
    const where = tidy(path)
    this.entry(where, action)
    this.#forgetAddress(where)
    this.#files.delete(where)
    if (isKept(where)) this.#behind(() => dropFile(where))
  }

  /** Names of what is in a folder. @throws Refusal */
  list(path: string): string[] {
    const folder = tidy(path)
    if (!this.isFolder(folder)) throw new Refusal(`no such file or directory, readdir "${path}"`, 1300002)
    return [...this.#files.keys()].filter((one) => parentOf(one) === folder).map((one) => one.slice(folder.length + 1))
  }

  /** Paths in a folder, at any depth. */
  within(path: string): string[] {
    return [...this.#files.keys()].filter((one) => one.startsWith(`${tidy(path)}/`))
  }

  saved(): StoredFile[] {
    return [...this.#files.values()].filter(({ path }) => path.startsWith(`${SAVED}/`))
  }

  bytesKept(): number {
    const kept = [...this.#files.values()].filter(({ path }) => isKept(path))
    return kept.reduce((sum, { content }) => sum + (content?.size ?? 0), 0)
  }

  /** For `<img>` and the like; an address that leads nowhere for a file that is not there. */
  address(path: string): string {
    const where = tidy(path)
    const content = this.#files.get(where)?.content
    if (!content) return path
    const address = this.#addresses.get(where) ?? URL.createObjectURL(content)
    this.#addresses.set(where, address)
    return address
  }

  #forgetAddress(path: string): void {
    const address = this.#addresses.get(path)
    if (address === undefined) return
    URL.revokeObjectURL(address)
    this.#addresses.delete(path)
  }

  #behind(work: () => Promise<void>): void {
    this.#writing = this.#writing
      .then(work)
      .catch((error: unknown) => warn(`the browser did not keep a file: ${String(error)}`))
  }
}

export const files = new Files()
