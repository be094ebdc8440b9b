// Takes one uploaded file from the request, within fixed bounds, and says plainly what is wrong with any other.
import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { cleanName } from './name.js'
import { FILE_REFUSALS, type FileRefusalReason } from './refusals.js'

export interface UploadLimits {
  /** In bytes. */
  fileSize: number
  /** Ends an upload of which nothing arrives for so long. */
  stallMs: number
}

export const UPLOAD_LIMITS: UploadLimits = { fileSize: 10 * 1024 * 1024, stallMs: 20_000 }

/** Boundaries, part headers and the text fields of an honest upload. */
const ENVELOPE_BYTES = 16 * 1024
/** A name of a hundred Chinese characters, with some to spare. */
const FIELD_BYTES = 1024

export interface Upload {
  name: string
  bytes: Buffer
  fields: { keepPlace: boolean; discreet: boolean }
}

const BAD_FLAG = { keepPlace: 'badKeepPlace', discreet: 'badDiscreet' } as const
const isFlag = (field: string): field is keyof typeof BAD_FLAG => Object.hasOwn(BAD_FLAG, field)

export class UploadRefused extends Error {
  readonly status: number
  readonly title: string
  constructor(readonly reason: FileRefusalReason) {
    const { status, title } = FILE_REFUSALS[reason]
    super(title)
    this.name = 'UploadRefused'
    this.status = status
    this.title = title
  }
}

/**
 * Reads `multipart/form-data` with one file in `file` and, if wanted, the texts `keepPlace`, `discreet` (true or false) and `name`:
 * WeChat sends a file under the name of its own temporary copy, so that what people call it comes beside it.
 */
export async function readUpload(req: IncomingMessage, given: Partial<UploadLimits> = {}): Promise<Upload> {
  const limits = { ...UPLOAD_LIMITS, ...given }
  const parser = openParser(req, limits)
  const declared = Number(req.headers['content-length'] ?? 0)
  if (declared > limits.fileSize + ENVELOPE_BYTES) throw new UploadRefused('fileTooLarge')
  // Gone while the server asked who it was: no event would tell us any more.
  if (req.destroyed) throw new UploadRefused('interrupted')
  return new Promise<Upload>((resolve, reject) => {
    const received: { name?: string; called?: string; chunks: Buffer[]; keepPlace?: boolean; discreet?: boolean } = {
      chunks: [],
    }
    let isSettled = false
    let total = 0

    const settle = (act: () => void) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(stall)
      req.unpipe(parser)
      req.off('data', count)
      // What still comes is let through unread, so that the sender gets to hear the answer.
      req.resume()
      act()
    }
    const refuse = (reason: FileRefusalReason) => {
      received.chunks = []
      settle(() => reject(new UploadRefused(reason)))
    }
    const stall = setTimeout(() => refuse('stalled'), limits.stallMs)
    const count = (chunk: Buffer) => {
      stall.refresh()
      total += chunk.length
      if (total > limits.fileSize + ENVELOPE_BYTES) refuse('fileTooLarge')
    }

    parser.on('file', (field: string, stream: BusboyFileStream, name: string) => {
      stream.on('error', () => refuse('malformed'))
      if (field !== 'file') refuse('unknownField')
      else if (received.name !== undefined) refuse('tooManyFiles')
      if (isSettled) return void stream.resume()
      received.name = cleanName(name ?? '')
      stream.on('limit', () => refuse('fileTooLarge'))
      stream.on('data', (chunk: Buffer) => {
        if (!isSettled) received.chunks.push(chunk)
      })
    })
    parser.on('field', (field: string, value: string) => {
      if (field === 'name' && received.called === undefined) {
        received.called = cleanName(value)
        return
      }
      if (!isFlag(field)) return refuse(field === 'file' ? 'fileMissing' : 'unknownField')
      if (received[field] !== undefined || (value !== 'true' && value !== 'false')) return refuse(BAD_FLAG[field])
      received[field] = value === 'true'
    })
    parser.on('partsLimit', () => refuse('tooManyFiles'))
    parser.on('error', () => refuse('malformed'))
    parser.on('finish', () => {
      const { name, called, chunks, keepPlace = false, discreet = false } = received
      if (name === undefined) return refuse('fileMissing')
      const bytes = Buffer.concat(chunks)
      if (bytes.length === 0) return refuse('fileEmpty')
      settle(() => resolve({ name: called ?? name, bytes, fields: { keepPlace, discreet } }))
    })

    req.on('error', () => refuse('interrupted'))
    req.on('close', () => {
      if (!req.complete) refuse('interrupted')
    })
    req.on('data', count)
    req.pipe(parser)
  })
}

function openParser(req: IncomingMessage, limits: UploadLimits): BusboyInstance {
  const type = req.headers['content-type'] ?? ''
  if (!/^multipart\/form-data\s*(;|$)/i.test(type)) throw new UploadRefused('notMultipart')
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': type },
      preservePath: true,
      isPartAFile: (_field, _type, name) => name !== undefined,
      limits: { fileSize: limits.fileSize, parts: 5, fieldSize: FIELD_BYTES, headerPairs: 20, headerSize: 8 * 1024 },
    })
  } catch {
    throw new UploadRefused('malformed')
  }
}
