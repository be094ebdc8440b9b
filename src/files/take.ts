/** Takes an upload in: looks at what it is, draws photos anew, stores the bytes, and writes down what is known of it. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { scatter } from '../database/scatter.js'
import { transact } from '../database/transaction.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import type { House, Knowledge } from '../house.js'
import { claimKey, discreetUse, keepAnswer, keyUse } from '../http/idempotency.js'
import { Problem, type ProblemType } from '../problem.js'
import { uploadRef } from '../tips/informers/refs.js'
import type { FileView } from './contract.js'
import type { Place } from './exif.js'
import { redraw } from './image.js'
import { inspect } from './inspect.js'
import type { FileKind } from './kinds.js'
import { withNoise } from './noise.js'
import { sealPlace } from './place.js'
import { FILE_REFUSALS, type FileRefusal, type FileRefusalReason } from './refusals.js'
import { hashOf } from './store.js'
import { StoredFile } from './storedFile.js'
import { readUpload, type Upload, UploadRefused } from './upload.js'
import { viewOf } from './view.js'

interface Sender {
  /** Null who has not logged in, and may send discreetly only. */
  personId: string | null
  /** The Idempotency-Key as sent. */
  key: string | undefined
  /** Gives up when nothing arrives for so long. */
  stallMs: number
}

/** @throws Problem, with the sentence that says what to do, for whatever is not taken */
export async function takeUpload(
  house: House,
  req: IncomingMessage,
  { personId, key, stallMs }: Sender,
): Promise<FileView> {
  const { know, outside } = house
  const upload = await readUpload(req, { stallMs }).catch((error: unknown) => {
    throw error instanceof UploadRefused ? refused(error.reason) : error
  })
  const { discreet } = upload.fields
  if (!discreet && personId === null) throw new Problem('unauthenticated')
  const content = await prepare(upload)
  const now = house.now()
  const { hash, size } = await outside.blobs.put(content.bytes, discreet ? endOf(now) : undefined)
  const sent = [upload.name, upload.fields.keepPlace, hashOf(upload.bytes)]
  const use = key === undefined ? undefined : useOf(house, { personId, key }, sent, discreet)
  const work = async (db: EntityManager) => {
    const firstId = use && (await claimKey(db, use, discreet ? instantAt(dateOf(now)) : now, know.keyring))
    if (firstId !== undefined) {
      const first = await db.findOneBy(StoredFile, { id: firstId })
      if (!first) throw new Problem('wrongState', { title: '这个文件上传后一天没有用，已被清理，请重新上传' })
      return first
    }
    const { kind, mime, extension, width = null, height = null, place = {} } = content
    const row: StoredFile = {
      ...(discreet || personId === null
        ? unsigned(know, personId, now, extension)
        : await signed(db, know, { personId, now, name: upload.name, place })),
      hash,
      size,
      mime,
      extension,
      kind,
      width,
      height,
      ownerKind: null,
      ownerId: null,
      entryId: null,
      review: 'pending',
      traceId: null,
    }
    await db.insert(StoredFile, row)
    if (discreet) await scatter(db, StoredFile, 'id', row.id)
    if (use) await keepAnswer(db, use, row.id, know.keyring)
    return row
  }
  const file = await transact(house.ds, work, { isRepeatable: use !== undefined })
  return viewOf(know, now, file, { isHeld: false, isReadable: true, personId: discreet ? null : personId })
}

type Sent = Pick<StoredFile, 'id' | 'name' | 'takenAt' | 'placeSealed' | 'uploadedBy' | 'uploaderRef' | 'uploadedAt'>

/** What is known of a file that says whose it is. */
async function signed(
  db: EntityManager,
  know: Knowledge,
  { personId, now, name, place }: { personId: string; now: Date; name: string; place: Place },
): Promise<Sent> {
  const hasPlace = place.latitude !== undefined && place.longitude !== undefined
  const personKey = hasPlace ? (await loadPersonalKeys(db, know.keyring, [personId])).get(personId) : undefined
  const placeSealed = sealPlace(personKey, personId, place)
  const takenAt = place.takenAt ?? null
  return { id: uuid(), name, takenAt, placeSealed, uploadedBy: personId, uploaderRef: null, uploadedAt: now }
}

/** The end of the day: says no more than the day, and what is not used stays for one at least. */
const endOf = (now: Date) => instantAt(addDays(dateOf(now), 1))

/** And of one that must not: drawn at random its id, neither its name nor its moment its sender's. */
function unsigned(know: Knowledge, personId: string | null, now: Date, extension: string): Sent {
  const id = randomUUID()
  const uploaderRef = uploadRef(know, id, personId)
  const uploadedAt = endOf(now)
  return { id, name: `照片.${extension}`, takenAt: null, placeSealed: null, uploadedBy: null, uploaderRef, uploadedAt }
}

function useOf(
  { know }: House,
  { personId, key }: { personId: string | null; key: string },
  sent: unknown,
  discreet: boolean,
) {
  const route = 'POST /api/files'
  return discreet || personId === null
    ? discreetUse(know, personId, route, key, sent)
    : keyUse(personId, route, key, sent)
}

interface Content {
  bytes: Buffer
  kind: FileKind
  mime: string
  extension: string
  width?: number
  height?: number
  place?: Place
}

async function prepare({ bytes, fields }: Upload): Promise<Content> {
  const inspection = inspect(bytes)
  if (!inspection.isAccepted) throw refused(inspection.reason)
  if (fields.discreet && inspection.kind !== 'image') throw refused('onlyPhotos')
  if (inspection.kind !== 'image') return { bytes, ...inspection }
  const drawn = await redraw(bytes, { keepPlace: fields.keepPlace && !fields.discreet })
  if (!drawn.isAccepted) throw refused(drawn.reason)
  return { ...drawn, ...(fields.discreet && { bytes: withNoise(drawn.bytes, drawn.extension) }), kind: 'image' }
}

const TYPES: Readonly<Record<FileRefusal['status'], ProblemType>> = {
  400: 'malformed',
  408: 'tooSlow',
  413: 'tooLarge',
  415: 'unsupportedMedia',
  422: 'invalid',
}

function refused(reason: FileRefusalReason): Problem {
  const { status, title } = FILE_REFUSALS[reason]
  const path = { badKeepPlace: 'keepPlace', badDiscreet: 'discreet' }[reason as string] ?? 'file'
  const type = TYPES[status] ?? 'invalid'
  return new Problem(type, { title, ...(type === 'invalid' && { errors: [{ path, message: title }] }) })
}
