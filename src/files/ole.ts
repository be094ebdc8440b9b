// Reads the directory of an OLE2 compound file (the old .doc and .xls) to tell what it holds; every walk is bounded by the file's own length.
// Format: [MS-CFB], https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb

const MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const END_OF_CHAIN = 0xfffffffe
const HEADER_FAT_SLOTS = 109
const DIRECTORY_ENTRY = 128
const MINI_SECTOR = 64
/** 8,192 streams and folders, far above any honest document. */
const DIRECTORY_MAX = 8192 * DIRECTORY_ENTRY
const TYPE_ROOT = 5

export interface OleEntry {
  name: string
  /** Directly under the root, and so the document itself rather than something embedded in it. */
  isTop: boolean
  /** The first bytes of the stream, at most `limit`; fewer where it is shorter or damaged. */
  read(limit: number): Buffer
}

export function isOle(bytes: Buffer): boolean {
  return bytes.subarray(0, MAGIC.length).equals(MAGIC)
}

/** Every stream and storage by name, or undefined when the file is damaged. */
export function listOle(bytes: Buffer): OleEntry[] | undefined {
  if (!isOle(bytes) || bytes.length < 512) return undefined
  const shift = bytes.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return undefined
  const sectorSize = 1 << shift
  const sectorMax = Math.ceil(bytes.length / sectorSize)
  const sector = (number: number) => bytes.subarray((number + 1) * sectorSize, (number + 2) * sectorSize)
  const slotsOf = (block: Buffer) =>
    Array.from({ length: Math.floor(block.length / 4) }, (_, n) => block.readUInt32LE(n * 4))

  // A table longer than the file it describes can only be there to keep us busy.
  const fatMax = Math.ceil(sectorMax / (sectorSize / 4))
  const fatSectors = new Set<number>()
  const take = (slots: number[]) => {
    for (const number of slots) if (number < sectorMax && fatSectors.size < fatMax) fatSectors.add(number)
  }
  take(slotsOf(bytes.subarray(76, 76 + HEADER_FAT_SLOTS * 4)))
  let further = bytes.readUInt32LE(68)
  for (let n = 0; n < sectorMax && further < sectorMax && fatSectors.size < fatMax; n += 1) {
    const slots = slotsOf(sector(further))
    further = slots.pop() ?? END_OF_CHAIN
    take(slots)
  }
  const fat = [...fatSectors].flatMap((number) => slotsOf(sector(number)))

  const chain = (first: number, table: number[], block: (number: number) => Buffer, limit: number) => {
    const blocks: Buffer[] = []
    const seen = new Set<number>()
    let length = 0
    for (let number = first; length < limit && !seen.has(number); number = table[number] ?? END_OF_CHAIN) {
      const next = number < table.length ? block(number) : Buffer.alloc(0)
      if (next.length === 0) break
      seen.add(number)
      blocks.push(next)
      length += next.length
    }
    return Buffer.concat(blocks)
  }

  const whole = (first: number, limit = bytes.length) => chain(first, fat, sector, limit)
  const directory = whole(bytes.readUInt32LE(48), DIRECTORY_MAX)
  const miniFat = slotsOf(whole(bytes.readUInt32LE(60), bytes.length / (MINI_SECTOR / 4)))
  const miniCutoff = bytes.readUInt32LE(56)
  const hasRoot = directory.length >= DIRECTORY_ENTRY && directory[66] === TYPE_ROOT
  if (!hasRoot || directory.length >= DIRECTORY_MAX) return undefined
  const miniStream = whole(directory.readUInt32LE(116))
  const miniSector = (number: number) => miniStream.subarray(number * MINI_SECTOR, (number + 1) * MINI_SECTOR)
  const top = topEntries(directory)

  const entries: OleEntry[] = []
  for (let at = DIRECTORY_ENTRY; at + DIRECTORY_ENTRY <= directory.length; at += DIRECTORY_ENTRY) {
    const nameLength = Math.min(64, directory.readUInt16LE(at + 64))
    if (directory[at + 66] === 0 || nameLength < 2) continue
    const first = directory.readUInt32LE(at + 116)
    const size = directory.readUInt32LE(at + 120)
    entries.push({
      name: directory.toString('utf16le', at, at + nameLength - 2),
      isTop: top.has(at / DIRECTORY_ENTRY),
      read: (limit) => {
        const wanted = Math.min(limit, size)
        const [table, block] = size < miniCutoff ? ([miniFat, miniSector] as const) : ([fat, sector] as const)
        return chain(first, table, block, wanted).subarray(0, wanted)
      },
    })
  }
  return entries
}

/** The root's children hang on a tree of left and right siblings. */
function topEntries(directory: Buffer): Set<number> {
  const found = new Set<number>()
  const open = [directory.readUInt32LE(76)]
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const at = number * DIRECTORY_ENTRY
    if (found.has(number) || at + DIRECTORY_ENTRY > directory.length) continue
    found.add(number)
    open.push(directory.readUInt32LE(at + 68), directory.readUInt32LE(at + 72))
  }
  return found
}
