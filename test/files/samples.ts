// Small real files made by hand, for the tests that need one of each kind.
import sharp from 'sharp'

export interface ZipSample {
  name: string
  data?: string
  /** What the directory claims instead of the truth. */
  claims?: { packed?: number; unpacked?: number; flags?: number }
}

/** A ZIP of stored entries. Its check sums are left at zero: nothing here unpacks. */
export function zip(entries: ZipSample[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data = '', claims = {} } of entries) {
    const nameBytes = Buffer.from(name)
    const body = Buffer.from(data)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt32LE(body.length, 18)
    local.writeUInt32LE(body.length, 22)
    local.writeUInt16LE(nameBytes.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(claims.flags ?? 0, 8)
    central.writeUInt32LE(claims.packed ?? body.length, 20)
    central.writeUInt32LE(claims.unpacked ?? body.length, 24)
    central.writeUInt16LE(nameBytes.length, 28)
    central.writeUInt32LE(at, 42)
    locals.push(local, nameBytes, body)
    directory.push(central, nameBytes)
    at += local.length + nameBytes.length + body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, central, end])
}

const TYPES = { name: '[Content_Types].xml', data: '<Types/>' }

export const docx = (...more: ZipSample[]) =>
  zip([TYPES, { name: '_rels/.rels' }, { name: 'word/document.xml', data: '<w:document/>' }, ...more])
export const xlsx = (...more: ZipSample[]) =>
  zip([TYPES, { name: '_rels/.rels' }, { name: 'xl/workbook.xml', data: '<workbook/>' }, ...more])

export interface OleSample {
  name: string
  data: Buffer
}

/** An OLE2 file with its streams (each padded to 4,096 bytes, so that none is in the mini stream) directly under the root. */
export function ole(streams: OleSample[]): Buffer {
  const SECTOR = 512
  const padded = streams.map(({ data }) =>
    Buffer.concat([data, Buffer.alloc(Math.ceil(Math.max(data.length, 4096) / SECTOR) * SECTOR - data.length)]),
  )
  const directorySectors = Math.ceil((streams.length + 1) / 4)
  const fat: number[] = [0xfffffffd]
  for (let n = 1; n <= directorySectors; n += 1) fat.push(n < directorySectors ? n + 1 : 0xfffffffe)
  const starts = padded.map((data) => {
    const start = fat.length
    const count = data.length / SECTOR
    for (let n = 1; n <= count; n += 1) fat.push(n < count ? start + n : 0xfffffffe)
    return start
  })

  const header = Buffer.alloc(SECTOR)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(1, 44)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(4096, 56)
  header.writeUInt32LE(0xfffffffe, 60)
  header.writeUInt32LE(0xfffffffe, 68)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)

  const fatSector = Buffer.alloc(SECTOR, 0xff)
  fat.forEach((value, n) => fatSector.writeUInt32LE(value, n * 4))

  const directory = Buffer.alloc(directorySectors * SECTOR)
  const entry = (n: number, name: string, type: number) => {
    const at = n * 128
    directory.write(name, at, 'utf16le')
    directory.writeUInt16LE((name.length + 1) * 2, at + 64)
    directory[at + 66] = type
    directory.fill(0xff, at + 68, at + 80)
    return at
  }
  const root = entry(0, 'Root Entry', 5)
  directory.writeUInt32LE(1, root + 76)
  directory.writeUInt32LE(0xfffffffe, root + 116)
  streams.forEach(({ name, data }, n) => {
    const at = entry(n + 1, name, 2)
    if (n + 1 < streams.length) directory.writeUInt32LE(n + 2, at + 72)
    directory.writeUInt32LE(starts[n] ?? 0, at + 116)
    directory.writeUInt32LE(Math.max(data.length, 4096), at + 120)
  })
  return Buffer.concat([header, fatSector, directory, ...padded])
}

/** The start of a Word 97 document: its mark, and the flags at 10. */
export function wordHead(flags = 0): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(0xa5ec, 0)
  head.writeUInt16LE(flags, 10)
  return head
}

/** A workbook of BIFF records `[type, body]`. */
export function workbook(...records: [number, number[]][]): Buffer {
  return Buffer.concat(
    ([[0x0809, [0, 6, 5, 0]], ...records, [0x000a, []]] as [number, number[]][]).map(([type, body]) => {
      const record = Buffer.alloc(4 + body.length)
      record.writeUInt16LE(type, 0)
      record.writeUInt16LE(body.length, 2)
      Buffer.from(body).copy(record, 4)
      return record
    }),
  )
}

export const pdf = (before = '') => Buffer.from(`${before}%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`, 'latin1')

export const canvas = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: { r: 40, g: 120, b: 60 } } })

/** A JPEG taken at 09:05:07 on 2026-11-20 in the middle of Shenyang, 41°48′18.36″N 123°25′54.84″E. */
export function photo(exif: { taken?: string; offset?: string; latitude?: string } = {}) {
  return canvas()
    .jpeg()
    .withExif({
      IFD0: { Make: 'SecretCamera' },
      IFD2: {
        DateTimeOriginal: exif.taken ?? '2026:11:20 09:05:07',
        ...(exif.offset && { OffsetTimeOriginal: exif.offset }),
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: exif.latitude ?? '41/1 48/1 1836/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '123/1 25/1 5484/100',
      },
    })
    .toBuffer()
}
