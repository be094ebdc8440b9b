// Records of visits that wait on the phone until the server has them: each is sent once, whatever happens on the way.
import { Failure, type FieldError } from './failure'
import { newId } from './identifier'
import { recordOf, type VisitFields, type VisitRecord } from './visitRecord'

/** Still written on; waits; under way; the server has it; the server said no. */
export type EntryState = 'draft' | 'queued' | 'sending' | 'sent' | 'refused'

export interface Photo {
  /** The Idempotency-Key of its upload: the same for every try. */
  key: string
  /** Where it is kept on the phone. */
  path: string
  /** Once the server has it. */
  fileId?: string
}

export interface Said {
  title: string
  status: number
  type: string
  errors: FieldError[]
}

export interface Entry {
  /** The visit's id, made on the phone, or that of the visit that was planned. */
  id: string
  state: EntryState
  fields: VisitFields
  photos: Photo[]
  /** What went out, from the first try until the server has said what became of it: it may be there already. */
  body?: VisitRecord
  /** Why it was refused, or not taken this time. */
  said?: Said
  /** Its photos were sent anew, as the server no longer had them. */
  isRenewed?: boolean
  changedAt: number
}

/** Where entries are kept. Each `keep` lasts, also when the mini-program is closed at that moment. */
export interface Shelf {
  all(): Entry[]
  keep(entry: Entry): void
  remove(id: string): void
}

/** The way to the server. */
export interface Ways {
  /** @throws Failure */
  upload(photo: Photo, entry: Entry): Promise<string>
  /** @throws Failure */
  record(body: VisitRecord): Promise<unknown>
  /** The photos are no longer needed on the phone. */
  letGo(photos: Photo[]): void
}

const RETRY_LATER = [401, 408, 429]

/** What the server has, or may have: it is not changed any more. */
export const isLocked = ({ state, body }: Entry): boolean =>
  state === 'sending' || state === 'sent' || body !== undefined

/** Found as sending at the start, it was cut off. */
const isWaiting = ({ state }: Entry) => state === 'queued' || state === 'sending'

export class Outbox {
  private running: Promise<void> | undefined
  private isAsked = false
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly shelf: Shelf,
    private readonly ways: Ways,
    private readonly now: () => number = Date.now,
  ) {}

  /** Oldest first. */
  all(): Entry[] {
    return this.shelf.all()
  }

  read(id: string): Entry | undefined {
    return this.shelf.all().find((entry) => entry.id === id)
  }

  /** Keeps what is typed, as a draft again; false for what can no longer be changed. */
  write(id: string, { fields, photos }: Pick<Entry, 'fields' | 'photos'>): boolean {
    const before = this.read(id)
    if (before && isLocked(before)) return false
    // What was wrong stays said until it is sent again.
    this.keep({ id, state: before?.state === 'refused' ? 'refused' : 'draft', fields, photos, said: before?.said })
    return true
  }

  /** To be sent as soon as there is a way. */
  queue(id: string): Promise<void> {
    const entry = this.read(id)
    if (entry && !isLocked(entry)) this.keep({ ...entry, state: 'queued', said: undefined, isRenewed: undefined })
    return this.sendAll()
  }

  /** Thrown away by its writer, or no longer worth showing. */
  remove(id: string): boolean {
    const entry = this.read(id)
    if (!entry || (isLocked(entry) && entry.state !== 'sent')) return false
    this.ways.letGo(entry.photos)
    this.shelf.remove(id)
    this.tell()
    return true
  }

  /** The same record under a new number: its own belongs to another visit. */
  renumber(id: string): string | undefined {
    const entry = this.read(id)
    if (!entry || isLocked(entry)) return undefined
    const next = newId(this.now())
    this.keep({ ...entry, id: next, state: 'draft', said: undefined })
    this.shelf.remove(id)
    this.tell()
    return next
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Sends what waits, one after the other, oldest first. Asked again meanwhile, it goes through them once more. */
  sendAll(): Promise<void> {
    this.isAsked = true
    this.running ??= this.run().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async run(): Promise<void> {
    while (this.isAsked) {
      this.isAsked = false
      await this.round()
    }
  }

  private async round(): Promise<void> {
    for (const { id } of this.shelf.all().filter(isWaiting)) {
      const isReachable = await this.sendOne(id)
      if (!isReachable) return
    }
  }

  /** False when there is no way to the server now. */
  private async sendOne(id: string): Promise<boolean> {
    const found = this.read(id)
    if (!found || !isWaiting(found)) return true
    let entry = this.keep({ ...found, state: 'sending', said: undefined })
    try {
      if (!entry.body) {
        entry = await this.uploadPhotos(entry)
        const fileIds = entry.photos.flatMap(({ fileId }) => fileId ?? [])
        entry = this.keep({ ...entry, body: recordOf(id, entry.fields, fileIds) })
      }
      await this.ways.record(entry.body as VisitRecord)
      const { photos } = entry
      this.keep({ ...entry, state: 'sent', photos: [], body: undefined, isRenewed: undefined })
      this.ways.letGo(photos)
      return true
    } catch (error) {
      return this.settle(this.read(id) ?? entry, error)
    }
  }

  /** One after the other; what has arrived is noted at once. */
  private async uploadPhotos(entry: Entry): Promise<Entry> {
    let current = entry
    for (const photo of entry.photos) {
      if (photo.fileId) continue
      const fileId = await this.ways.upload(photo, current)
      const photos = current.photos.map((one) => (one.key === photo.key ? { ...one, fileId } : one))
      current = this.keep({ ...current, photos })
    }
    return current
  }

  private settle(entry: Entry, error: unknown): boolean {
    const { status, title, type, errors } =
      error instanceof Failure ? error : new Failure({ title: '没有发出去，请再试一次', status: 500 })
    const said = { status, title, type, errors }
    if (status === 0 || status >= 500 || RETRY_LATER.includes(status) || type === 'inProgress') {
      this.keep({ ...entry, state: 'queued', said })
      return status !== 0
    }
    // The server said no, so it does not have this record: it may be changed again, and a lost photo sent anew.
    const areFilesGone = errors.some(({ path }) => path.startsWith('fileIds')) && entry.body !== undefined
    if (areFilesGone && !entry.isRenewed && entry.photos.length > 0) {
      const photos = entry.photos.map(({ path }) => ({ key: newId(this.now()), path }))
      this.keep({ ...entry, state: 'queued', body: undefined, photos, isRenewed: true })
      this.isAsked = true
      return true
    }
    this.keep({ ...entry, state: 'refused', body: undefined, said })
    return true
  }

  private keep(entry: Omit<Entry, 'changedAt'>): Entry {
    const kept = { ...entry, changedAt: this.now() }
    this.shelf.keep(kept)
    this.tell()
    return kept
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
