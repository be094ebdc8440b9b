/** Unpacks the parts of a workbook to find out their real sizes, whatever they claim, and what a row reader does not tell. */
import { createInflateRaw } from 'node:zlib'
import { listZip, type ZipEntry } from '../files/zip.js'
import { WorkbookRefused } from './refusals.js'

/** All parts together, in bytes: 5 000 lines of 40 columns take some 10 MB. */
const UNPACKED_MAX = 100 * 1024 * 1024
/** An honest sheet packs to a twentieth; beyond this, a part of more than `RATIO_FROM` bytes is a bomb. */
const RATIO_MAX = 200
const RATIO_FROM = 8 * 1024 * 1024
const ENTRIES_MAX = 1000
/** Parts that are read as one text. */
const INDEX_MAX = 2 * 1024 * 1024

const MACRO = /(^|\/)(vbaProject[^/]*\.bin|vbaData[^/]*\.xml)$|(^|\/)(intl)?macrosheets\//i
const LOCAL_HEADER = 30

export interface SheetPart {
  name: string
  isHidden: boolean
  /** Cells with a formula: `B7`. */
  formulas: ReadonlySet<string>
  /** Merged ranges: `A3:A9`. */
  merges: readonly string[]
}

/** Every sheet of a workbook, in its order. @throws WorkbookRefused */
export async function examine(bytes: Buffer): Promise<SheetPart[]> {
  const entries = listZip(bytes)
  if (!entries) throw new WorkbookRefused('broken')
  if (entries.length > ENTRIES_MAX) throw new WorkbookRefused('tooLarge')
  if (entries.some(({ name }) => MACRO.test(name.replaceAll('\\', '/')))) throw new WorkbookRefused('macros')
  if (entries.some(({ isEncrypted }) => isEncrypted)) throw new WorkbookRefused('locked')
  if (entries.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0) > UNPACKED_MAX) {
    throw new WorkbookRefused('tooLarge')
  }
  let total = 0
  const texts = new Map<string, string>()
  const scans = new Map<string, SheetScan>()
  for (const entry of entries) {
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(entry.name)
    const isIndex = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels)$/i.test(entry.name)
    const scan = isSheet ? new SheetScan() : undefined
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of unpacked(bytes, entry)) {
      size += piece.length
      total += piece.length
      if (total > UNPACKED_MAX || (size > RATIO_FROM && size > entry.packedSize * RATIO_MAX)) {
        throw new WorkbookRefused(isSheet ? 'emptyRows' : 'tooLarge')
      }
      if (isIndex && size > INDEX_MAX) throw new WorkbookRefused('tooLarge')
      if (isIndex) pieces.push(piece)
      scan?.take(piece.toString('latin1'))
    }
    if (isIndex) texts.set(entry.name, Buffer.concat(pieces).toString('utf8'))
    if (scan) scans.set(entry.name, scan)
  }
  return sheetsOf(texts.get('xl/workbook.xml') ?? '', texts.get('xl/_rels/workbook.xml.rels') ?? '', scans)
}

/** The parts of a workbook that we have just written ourselves. */
export async function partsOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  for (const entry of listZip(bytes) ?? []) {
    const pieces: Buffer[] = []
    for await (const piece of unpacked(bytes, entry)) pieces.push(piece)
    parts.set(entry.name, Buffer.concat(pieces))
  }
  return parts
}

async function* unpacked(bytes: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  const { headerAt, method, packedSize } = entry
  if (headerAt + LOCAL_HEADER > bytes.length) throw new WorkbookRefused('broken')
  const start = headerAt + LOCAL_HEADER + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28)
  const packed = bytes.subarray(start, start + packedSize)
  if (packed.length < packedSize || (method !== 0 && method !== 8)) throw new WorkbookRefused('broken')
  if (method === 0) {
    yield packed
    return
  }
  const inflate = createInflateRaw()
  inflate.end(packed)
  try {
    for await (const piece of inflate) yield piece as Buffer
  } catch (error) {
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused('broken')
  }
}

const FORMULAS_MAX = 100_000
const MERGES_MAX = 20_000

/** Looks through a sheet's XML for the two things the row reader keeps to itself; text never holds a bare `<`. */
class SheetScan {
  readonly formulas = new Set<string>()
  readonly merges: string[] = []
  #cell = ''
  #rest = ''

  take(piece: string): void {
    const text = this.#rest + piece
    const whole = text.lastIndexOf('<')
    this.#rest = whole < 0 ? '' : text.slice(whole, whole + 4096)
    const tags = /<(?:\w+:)?(c|f|mergeCell)(?=[\s/>])([^>]*)/g
    for (const [, tag, attributes = ''] of text.slice(0, Math.max(whole, 0)).matchAll(tags)) {
      const ref = /\s(?:r|ref)="([A-Z\d:]{1,40})"/.exec(attributes)?.[1] ?? ''
      if (tag === 'c') this.#cell = ref
      else if (tag === 'f' && this.formulas.size < FORMULAS_MAX) this.formulas.add(this.#cell)
      else if (tag === 'mergeCell' && this.merges.length < MERGES_MAX) this.merges.push(ref)
    }
  }
}

/** [ECMA-376-1] 18.2.19: each `sheet` of the workbook names its part by a relationship. */
function sheetsOf(workbook: string, relations: string, scans: ReadonlyMap<string, SheetScan>): SheetPart[] {
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\s([^>]*)/g)].map(([, attributes = '']) => [
      attribute(attributes, 'Id'),
      attribute(attributes, 'Target').replace(/^\/xl\/|^\.\//, ''),
    ]),
  )
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)/g)].map(([, attributes = '']) => {
    const scan = scans.get(`xl/${targets.get(attribute(attributes, '\\w+:id'))}`)
    return {
      name: unescape(attribute(attributes, 'name')),
      isHidden: /^(veryH|h)idden$/.test(attribute(attributes, 'state')),
      formulas: scan?.formulas ?? new Set(),
      merges: scan?.merges ?? [],
    }
  })
}

const attribute = (attributes: string, name: string): string =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const unescape = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return name === undefined && point <= 0x10ffff ? String.fromCodePoint(point) : (entities[name ?? ''] ?? whole)
  })
