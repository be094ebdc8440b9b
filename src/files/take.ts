/** Takes an upload in: looks at what it is, draws photos anew, stores the bytes, and writes down what is known of it. */
import type { IncomingMessage } from 'node:http'
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { transact } from '../database/transaction.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import type { House } from '../house.js'
import { claimKey, keepAnswer, keyUse } from '../http/idempotency.js'
import { Problem, type ProblemType } from '../problem.js'
import type { FileView } from './contract.js'
import type { Place } from './exif.js'
import { redraw } from './image.js'
import { inspect } from './inspect.js'
import type { FileKind } from './kinds.js'
import { sealPlace } from './place.js'
import { FILE_REFUSALS, type FileRefusal, type FileRefusalReason } from './refusals.js'
import { hashOf } from './store.js'
import { StoredFile } from './storedFile.js'
import { readUpload, type Upload, UploadRefused } from './upload.js'
import { viewOf } from './view.js'

interface Sender {
  personId: string
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
  const content = await prepare(upload)
  const { hash, size } = await outside.blobs.put(content.bytes)
  const sent = [upload.name, upload.fields.keepPlace, hashOf(upload.bytes)]
  const use = key === undefined ? undefined : keyUse(personId, 'POST /api/files', key, sent)
  const now = house.now()
  const work = async (db: EntityManager) => {
    const firstId = use && (await claimKey(db, use, now, know.keyring))
    if (firstId !== undefined) {
      const first = await db.findOneBy(StoredFile, { id: firstId })
      if (!first) throw new Problem('wrongState', { title: '这个文件上传后一天没有用，已被清理，请重新上传' })
      return first
    }
    const { kind, mime, extension, width = null, height = null, place = {} } = content
    const personKey = content.place && (await loadPersonalKeys(db, know.keyring, [personId])).get(personId)
    const row: StoredFile = {
      id: uuid(),
      hash,
      size,
      mime,
      extension,
      kind,
      name: upload.name,
      width,
      height,
      takenAt: place.takenAt ?? null,
      placeSealed: sealPlace(personKey, personId, place),
      uploadedBy: personId,
      uploadedAt: now,
      ownerKind: null,
      ownerId: null,
      entryId: null,
      review: 'pending',
      traceId: null,
    }
    await db.insert(StoredFile, row)
    if (use) await keepAnswer(db, use, row.id, know.keyring)
    return row
  }
  const file = await transact(house.ds, work, { isRepeatable: use !== undefined })
  return viewOf(know, now, file, { isHeld: false, isReadable: true, personId })
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
  if (inspection.kind !== 'image') return { bytes, ...inspection }
  const drawn = await redraw(bytes, fields)
  if (!drawn.isAccepted) throw refused(drawn.reason)
  return { ...drawn, kind: 'image' }
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
  const path = reason === 'badKeepPlace' ? 'keepPlace' : 'file'
  const type = TYPES[status] ?? 'invalid'
  return new Problem(type, { title, ...(type === 'invalid' && { errors: [{ path, message: title }] }) })
}
