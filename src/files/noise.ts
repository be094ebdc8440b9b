/** Makes each copy of a photo one of its own: two that were sent by one hand would else be known by their equal hash or size. */
import { randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const LEAST_BYTES = 16
const MOST_BYTES = 16 * 1024

/** Where a viewer does not look: a comment of a JPEG, a private chunk of a PNG. */
export function withNoise(bytes: Buffer, extension: string): Buffer {
  const noise = randomBytes(randomInt(LEAST_BYTES, MOST_BYTES))
  return extension === 'png'
    ? insertAt(bytes, AFTER_IHDR, chunkOf(noise))
    : insertAt(bytes, AFTER_SOI, commentOf(noise))
}

/** ISO/IEC 10918-1: the start of the image, and then segments in any order. */
const AFTER_SOI = 2
/** PNG (ISO/IEC 15948): eight bytes of signature, and the header chunk of 25. */
const AFTER_IHDR = 33

const insertAt = (bytes: Buffer, at: number, more: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])

function commentOf(content: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

function chunkOf(content: Buffer): Buffer {
  // Ancillary, private, and safe to copy, by the case of its letters.
  const named = Buffer.concat([Buffer.from('noIs'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
