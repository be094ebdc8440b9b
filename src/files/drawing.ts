// Draws one photo anew: upright, no larger than needed, and without anything that was hidden in it.
import sharp from 'sharp'
import { readPlace, type Place } from './exif.js'
import { FILE_TYPES } from './kinds.js'
import { type FileRefusal, refuse } from './refusals.js'

export const PIXELS_MAX = 50_000_000
export const LONGEST_SIDE = 2560
const JPEG_QUALITY = 82
/** Drawings and screenshots stay PNG up to here; beyond, it is a photo, and JPEG serves it better. */
const PNG_BYTES_MAX = 2 * 1024 * 1024
const SECONDS_MAX = 20

export interface DrawRequest {
  bytes: Buffer
  keepPlace: boolean
}

export type Redrawn =
  | { isAccepted: true; bytes: Buffer; mime: string; extension: string; width: number; height: number; place?: Place }
  | FileRefusal

sharp.cache(false)
sharp.concurrency(1)

/** JPEG, PNG or WebP in; JPEG or PNG out. */
export async function draw({ bytes, keepPlace }: DrawRequest): Promise<Redrawn> {
  try {
    const source = () =>
      sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' }).timeout({ seconds: SECONDS_MAX })
    // The header alone is read here, so the limit is asked by us before anything is decoded.
    const before = await sharp(bytes, { limitInputPixels: false }).metadata()
    if (before.width * before.height > PIXELS_MAX) return refuse('tooManyPixels')
    const upright = () =>
      source()
        .autoOrient()
        .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    const asJpeg = () =>
      upright().flatten({ background: 'white' }).jpeg({ quality: JPEG_QUALITY }).toBuffer({ resolveWithObject: true })
    const asPng = () => upright().png().toBuffer({ resolveWithObject: true })

    const png = before.format === 'png' || before.hasAlpha ? await asPng() : undefined
    const isPng = png !== undefined && png.data.length <= PNG_BYTES_MAX
    const { data, info } = isPng ? png : await asJpeg()
    const { mime, extension } = isPng ? FILE_TYPES.png : FILE_TYPES.jpeg
    const place = keepPlace && before.exif ? readPlace(before.exif) : undefined
    return {
      isAccepted: true,
      bytes: data,
      mime,
      extension,
      width: info.width,
      height: info.height,
      ...(place && Object.keys(place).length > 0 && { place }),
    }
  } catch {
    // Whatever the decoder found wrong, for the sender it is one thing: the photo cannot be opened.
    return refuse('broken')
  }
}
