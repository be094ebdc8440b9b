// Reads when and where a photo was taken, and nothing else: six tags, each of a known size, so that a forged block can neither loop nor swell.
// Format: Exif 2.32, https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf

export interface Place {
  takenAt?: Date
  /** Degrees, WGS-84, north and east positive. */
  latitude?: number
  longitude?: number
}

const EXIF_IFD = 0x8769
const GPS_IFD = 0x8825
const TAKEN = 0x9003
const TAKEN_OFFSET = 0x9011
const LATITUDE_REF = 1
const LATITUDE = 2
const LONGITUDE_REF = 3
const LONGITUDE = 4

const ASCII = 2
const LONG = 4
const RATIONAL = 5
const ENTRY_SIZE = 12

/** A camera without a zone was set by the clock on the wall here. */
const LOCAL_OFFSET = '+08:00'

interface Entry {
  type: number
  count: number
  /** Where the value's four bytes stand: the value itself, or its place. */
  at: number
}

export function readPlace(exif: Buffer): Place {
  const tiff = exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return {}
  const isBig = order === 'MM'
  const short = (at: number) => (isBig ? tiff.readUInt16BE(at) : tiff.readUInt16LE(at))
  const long = (at: number) => (isBig ? tiff.readUInt32BE(at) : tiff.readUInt32LE(at))

  const directory = (start: number | undefined) => {
    const entries = new Map<number, Entry>()
    if (start === undefined || start + 2 > tiff.length) return entries
    const end = Math.min(start + 2 + short(start) * ENTRY_SIZE, tiff.length)
    for (let at = start + 2; at + ENTRY_SIZE <= end; at += ENTRY_SIZE) {
      entries.set(short(at), { type: short(at + 2), count: long(at + 4), at: at + 8 })
    }
    return entries
  }
  const pointer = (entry?: Entry) => (entry?.type === LONG ? long(entry.at) : undefined)
  const text = (entry: Entry | undefined, length: number) => {
    if (entry?.type !== ASCII || entry.count < length) return undefined
    const start = entry.count <= 4 ? entry.at : long(entry.at)
    return tiff.toString('latin1', start, start + length)
  }
  const degrees = (entry: Entry | undefined, sign: number | undefined, most: number) => {
    if (entry?.type !== RATIONAL || entry.count !== 3 || sign === undefined) return undefined
    const start = long(entry.at)
    if (start + 24 > tiff.length) return undefined
    const [whole = 0, minutes = 0, seconds = 0] = [0, 8, 16].map(
      (n) => long(start + n) / (long(start + n + 4) || Number.NaN),
    )
    const value = sign * (whole + minutes / 60 + seconds / 3600)
    // Six decimals are eleven centimetres.
    return Math.abs(value) <= most ? Math.round(value * 1e6) / 1e6 : undefined
  }

  const main = directory(long(4))
  const photo = directory(pointer(main.get(EXIF_IFD)))
  const gps = directory(pointer(main.get(GPS_IFD)))
  const takenAt = readTime(text(photo.get(TAKEN), 19), text(photo.get(TAKEN_OFFSET), 6))
  const latitude = degrees(gps.get(LATITUDE), SIGNS[text(gps.get(LATITUDE_REF), 1) ?? ''], 90)
  const longitude = degrees(gps.get(LONGITUDE), SIGNS[text(gps.get(LONGITUDE_REF), 1) ?? ''], 180)
  return {
    ...(takenAt && { takenAt }),
    // Phones that had no fix write 0, 0.
    ...(latitude !== undefined && longitude !== undefined && (latitude || longitude) && { latitude, longitude }),
  }
}

const SIGNS: Record<string, number | undefined> = { N: 1, S: -1, E: 1, W: -1 }

function readTime(taken: string | undefined, offset: string | undefined): Date | undefined {
  const found = taken?.match(/^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/)
  if (!found) return undefined
  const zone = offset && /^[+-]\d\d:\d\d$/.test(offset) ? offset : LOCAL_OFFSET
  const time = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${zone}`)
  return Number.isNaN(time.getTime()) ? undefined : time
}
