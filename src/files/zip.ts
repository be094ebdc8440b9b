// Reads the list of contents of a ZIP, and nothing else: no entry is ever unpacked, so a bomb stays folded.

export interface ZipEntry {
  name: string
  packedSize: number
  /** As declared; a lie here costs us nothing, since we never unpack. */
  unpackedSize: number
  isEncrypted: boolean
  /** 0 stored, 8 deflated. */
  method: number
  /** Where the entry's own header stands. */
  headerAt: number
}

const END_SIGNATURE = 0x06054b50
const END_SIZE = 22
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_SIZE = 46
const COMMENT_MAX = 0xffff
const ZIP64_EXTRA = 0x0001
const IN_ZIP64 = 0xffffffff

/** An honest document of 10 MB holds some hundreds of entries. */
export const ZIP_ENTRIES_MAX = 5_000

/** The entries of the central directory, or undefined when it is not one whole, consistent archive. */
export function listZip(bytes: Buffer): ZipEntry[] | undefined {
  const end = findEnd(bytes)
  if (end === undefined) return undefined
  const count = bytes.readUInt16LE(end + 10)
  const size = bytes.readUInt32LE(end + 12)
  const start = bytes.readUInt32LE(end + 16)
  const isSingleDisk = bytes.readUInt32LE(end + 4) === 0 && bytes.readUInt16LE(end + 8) === count
  if (!isSingleDisk || count === 0 || count > ZIP_ENTRIES_MAX || start + size !== end) return undefined

  const entries: ZipEntry[] = []
  let at = start
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_SIZE > end || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined
    const nameEnd = at + ENTRY_SIZE + bytes.readUInt16LE(at + 28)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30)
    const next = extraEnd + bytes.readUInt16LE(at + 32)
    if (next > end) return undefined
    const sizes = readSizes(bytes, at, bytes.subarray(nameEnd, extraEnd))
    entries.push({
      name: bytes.toString('utf8', at + ENTRY_SIZE, nameEnd),
      ...sizes,
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      headerAt: bytes.readUInt32LE(at + 42),
    })
    at = next
  }
  return at === end ? entries : undefined
}

/** The end record must close the file exactly: bytes after it belong to no document. */
function findEnd(bytes: Buffer): number | undefined {
  const lowest = Math.max(0, bytes.length - END_SIZE - COMMENT_MAX)
  for (let at = bytes.length - END_SIZE; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) !== END_SIGNATURE) continue
    if (at + END_SIZE + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  return undefined
}

/** Some writers put the sizes of every entry in the ZIP64 extra field, however small the file. */
function readSizes(bytes: Buffer, entry: number, extra: Buffer): { packedSize: number; unpackedSize: number } {
  let packedSize = bytes.readUInt32LE(entry + 20)
  let unpackedSize = bytes.readUInt32LE(entry + 24)
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue
    let value = at + 4
    const valueEnd = Math.min(extra.length, value + extra.readUInt16LE(at + 2))
    const take = () => {
      if (value + 8 > valueEnd) return Number.POSITIVE_INFINITY
      value += 8
      return Number(extra.readBigUInt64LE(value - 8))
    }
    if (unpackedSize === IN_ZIP64) unpackedSize = take()
    if (packedSize === IN_ZIP64) packedSize = take()
    break
  }
  return { packedSize, unpackedSize }
}
