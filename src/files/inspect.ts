// Says what a file is by its content alone: neither its name nor the type that the sender claims is asked.
import { FILE_TYPES, type FileType, type FileTypeName } from './kinds.js'
import { isOle, listOle } from './ole.js'
import { type FileRefusal, type FileRefusalReason, refuse } from './refusals.js'
import { listZip, type ZipEntry } from './zip.js'

export type Inspection = ({ isAccepted: true } & Pick<FileType, 'kind' | 'mime' | 'extension'>) | FileRefusal

/** What all entries of a document may declare to unpack to, in bytes. */
export const UNPACKED_MAX = 200 * 1024 * 1024
const PDF_START_WITHIN = 1024

type Verdict = FileTypeName | FileRefusalReason

const STARTS: { test: (bytes: Buffer) => boolean; verdict: (bytes: Buffer) => Verdict }[] = [
  { test: startsWith('ffd8ff'), verdict: () => 'jpeg' },
  { test: startsWith('89504e470d0a1a0a'), verdict: () => 'png' },
  { test: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP', verdict: () => 'webp' },
  { test: isHeic, verdict: () => 'heic' },
  { test: startsWith('504b0304'), verdict: inspectZip },
  { test: isOle, verdict: inspectOle },
  { test: isPdf, verdict: () => 'pdf' },
]

export function inspect(bytes: Buffer): Inspection {
  if (bytes.length === 0) return refuse('fileEmpty')
  const verdict = STARTS.find((start) => start.test(bytes))?.verdict(bytes) ?? 'unsupported'
  if (!isTypeName(verdict)) return refuse(verdict)
  const { kind, mime, extension } = FILE_TYPES[verdict]
  return { isAccepted: true, kind, mime, extension }
}

function isTypeName(verdict: Verdict): verdict is FileTypeName {
  return verdict in FILE_TYPES
}

function startsWith(hex: string): (bytes: Buffer) => boolean {
  const magic = Buffer.from(hex, 'hex')
  return (bytes) => bytes.subarray(0, magic.length).equals(magic)
}

function ascii(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to)
}

function isHeic(bytes: Buffer): boolean {
  return ascii(bytes, 4, 8) === 'ftyp' && /^(he[iv][cmsx]|mif1|msf1)$/.test(ascii(bytes, 8, 12))
}

/** Readers allow junk before the mark; markup or another program's header there means that the file plays two parts. */
function isPdf(bytes: Buffer): boolean {
  const head = ascii(bytes, 0, PDF_START_WITHIN + 5)
  const mark = head.indexOf('%PDF-')
  if (mark < 0) return false
  const before = head.slice(0, mark)
  return !/[<>]|^(MZ|\x7fELF|GIF8|BM|#!|PK)/.test(before)
}

const ZIP_BODIES: { name: RegExp; verdict: Verdict }[] = [
  { name: /^word\/document\d*\.xml$/i, verdict: 'docx' },
  { name: /^xl\/workbook\d*\.xml$/i, verdict: 'xlsx' },
]
// Visual Basic, and the older sheets of Excel 4.0 macros.
const ZIP_MACROS = /(^|\/)(vbaProject[^/]*\.bin|vbaData[^/]*\.xml)$|(^|\/)(intl)?macrosheets\//i

function inspectZip(bytes: Buffer): Verdict {
  const entries = listZip(bytes)
  if (!entries) return 'broken'
  // Backslashes are written by some Windows tools; readers take them for slashes.
  const names = entries.map((entry) => entry.name.replaceAll('\\', '/').replace(/^\/+/, ''))
  if (names.some((name) => ZIP_MACROS.test(name))) return 'macros'
  if (entries.some((entry) => entry.isEncrypted)) return 'locked'
  // Entries that share the same packed bytes are how small bombs become huge ones.
  if (sum(entries, 'packedSize') > bytes.length) return 'unpacksTooLarge'
  if (sum(entries, 'unpackedSize') > UNPACKED_MAX) return 'unpacksTooLarge'
  if (!names.includes('[Content_Types].xml')) return 'unsupported'
  const bodies = ZIP_BODIES.filter((body) => names.some((name) => body.name.test(name)))
  return bodies.length === 1 && bodies[0] ? bodies[0].verdict : 'unsupported'
}

function sum(entries: ZipEntry[], size: 'packedSize' | 'unpackedSize'): number {
  return entries.reduce((total, entry) => total + entry[size], 0)
}

const OLE_MACROS = /^(_?VBA(_PROJECT(_CUR)?)?|Macros)$/i
const OLE_LOCKED = /^(EncryptedPackage|EncryptionInfo)$/i
const OLE_BODIES: { name: RegExp; headBytes: number; verdict: (head: Buffer) => Verdict }[] = [
  { name: /^WordDocument$/i, headBytes: 12, verdict: inspectDoc },
  { name: /^(Workbook|Book)$/i, headBytes: 1024 * 1024, verdict: inspectXls },
]

function inspectOle(bytes: Buffer): Verdict {
  const entries = listOle(bytes)
  if (!entries) return 'broken'
  const has = (name: RegExp) => entries.some((entry) => name.test(entry.name))
  if (has(OLE_MACROS)) return 'macros'
  if (has(OLE_LOCKED)) return 'locked'
  const bodies = OLE_BODIES.flatMap((body) =>
    entries.filter((entry) => entry.isTop && body.name.test(entry.name)).map((entry) => ({ body, entry })),
  )
  // 「Excel 97-2003 和 5.0/95」 writes the workbook twice, as Workbook and as Book.
  if (bodies.length > 2) return 'unsupported'
  const verdicts = bodies.map(({ body, entry }) => body.verdict(entry.read(body.headBytes)))
  const danger = verdicts.find((verdict) => !isTypeName(verdict))
  return danger ?? (new Set(verdicts).size === 1 ? verdicts[0] : undefined) ?? 'unsupported'
}

/** [MS-DOC] FibBase: wIdent, then bit 8 of the flags at 10 is fEncrypted. */
function inspectDoc(body: Buffer): Verdict {
  if (body.length < 12 || body.readUInt16LE(0) !== 0xa5ec) return 'broken'
  return body.readUInt16LE(10) & 0x0100 ? 'locked' : 'doc'
}

const BIFF_BOF = new Set([0x0809, 0x0409, 0x0209])
const BIFF_EOF = 0x000a
const BIFF_FILE_PASS = 0x002f
const BIFF_BOUND_SHEET = 0x0085
// An Excel 4.0 macro sheet, and a Visual Basic module of Excel 5.
const MACRO_SHEETS = new Set([1, 6])

/** [MS-XLS] records of the workbook's globals: a password, or a sheet whose type is a macro sheet. */
function inspectXls(body: Buffer): Verdict {
  if (body.length < 4 || !BIFF_BOF.has(body.readUInt16LE(0))) return 'broken'
  for (let at = 0; at + 4 <= body.length; at += 4 + body.readUInt16LE(at + 2)) {
    const record = body.readUInt16LE(at)
    if (record === BIFF_EOF) break
    if (record === BIFF_FILE_PASS) return 'locked'
    if (record === BIFF_BOUND_SHEET && MACRO_SHEETS.has(body[at + 9] ?? 0)) return 'macros'
  }
  return 'xls'
}
