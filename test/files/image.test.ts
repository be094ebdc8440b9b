import assert from 'node:assert/strict'
import sharp from 'sharp'
import { readPlace } from '../../src/files/exif.js'
import { LONGEST_SIDE } from '../../src/files/drawing.js'
import { redraw, stopDrawing } from '../../src/files/image.js'
import { canvas, pdf, photo } from './samples.js'

after(stopDrawing)

async function drawn(bytes: Buffer, keepPlace = false) {
  const result = await redraw(bytes, { keepPlace })
  assert.ok(result.isAccepted, 'refused')
  return result
}

async function reason(bytes: Buffer) {
  const result = await redraw(bytes, { keepPlace: true })
  return result.isAccepted ? 'accepted' : result.reason
}

describe('a stored photo', () => {
  it('carries no metadata of the one that was sent', async () => {
    const sent = await photo()
    assert.ok(sent.includes('SecretCamera'))
    const { bytes, place, ...rest } = await drawn(sent)
    const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata()
    assert.deepEqual([exif, icc, xmp, iptc, orientation], [undefined, undefined, undefined, undefined, undefined])
    assert.ok(!bytes.includes('SecretCamera'))
    assert.equal(place, undefined)
    assert.deepEqual(rest, { isAccepted: true, mime: 'image/jpeg', extension: 'jpg', width: 60, height: 40 })
  })

  it('keeps time and place as data when the sender agrees', async () => {
    const { bytes, place } = await drawn(await photo(), true)
    assert.deepEqual(place, {
      takenAt: new Date('2026-11-20T09:05:07+08:00'),
      latitude: 41.8051,
      longitude: 123.4319,
    })
    assert.equal((await sharp(bytes).metadata()).exif, undefined)
  })

  it('takes the zone that the camera wrote, and leaves out what is not a time or a place', async () => {
    const abroad = await drawn(await photo({ offset: '+09:00' }), true)
    assert.deepEqual(abroad.place?.takenAt, new Date('2026-11-20T09:05:07+09:00'))
    const odd = await drawn(await photo({ taken: '0000:00:00 00:00:00', latitude: '91/1 0/1 0/1' }), true)
    assert.equal(odd.place, undefined)
    const bare = await drawn(await canvas().jpeg().toBuffer(), true)
    assert.equal(bare.place, undefined)
  })

  it('stands upright whatever way the phone was held', async () => {
    const { width, height } = await drawn(await canvas().jpeg().withMetadata({ orientation: 6 }).toBuffer())
    assert.deepEqual([width, height], [40, 60])
  })

  it('is at most 2560 pixels long, and a small one is not blown up', async () => {
    const { width, height } = await drawn(await canvas(5120, 1280).jpeg().toBuffer())
    assert.deepEqual([width, height], [LONGEST_SIDE, 640])
  })

  it('loses a page glued behind it', async () => {
    const sent = Buffer.concat([await canvas().jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')])
    assert.ok(!(await drawn(sent)).bytes.includes('<script>'))
  })

  it('a PNG drawing stays PNG with its transparency, a WebP becomes JPEG unless it is transparent', async () => {
    const clear = {
      create: { width: 9, height: 9, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
    } as const
    const png = await drawn(await sharp(clear).png().toBuffer())
    assert.equal(png.extension, 'png')
    assert.equal((await sharp(png.bytes).metadata()).hasAlpha, true)
    assert.equal((await drawn(await canvas().webp().toBuffer())).mime, 'image/jpeg')
    assert.equal((await drawn(await sharp(clear).webp().toBuffer())).mime, 'image/png')
  })

  it('a PNG that is really a photo becomes JPEG', async () => {
    const noise = {
      create: {
        width: 1200,
        height: 1200,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    } as const
    const sent = await sharp(noise).png().toBuffer()
    assert.ok(sent.length > 2 * 1024 * 1024)
    assert.equal((await drawn(sent)).mime, 'image/jpeg')
  })
})

describe('a photo that cannot be drawn', () => {
  it('is refused as broken: cut in half, or only the mark of one', async () => {
    const whole = await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer()
    assert.equal(await reason(whole.subarray(0, whole.length / 2)), 'broken')
    assert.equal(await reason(Buffer.from('ffd8ffe000104a464946', 'hex')), 'broken')
    const png = await canvas().png().toBuffer()
    assert.equal(await reason(png.subarray(0, png.length - 30)), 'broken')
  })

  it('is refused beyond 50 million pixels by its header alone', async () => {
    const png = await canvas().png().toBuffer()
    png.writeUInt32BE(10_000, 16)
    png.writeUInt32BE(5_001, 20)
    assert.equal(await reason(withCheckSum(png)), 'tooManyPixels')
  })

  it('is refused when it is no photo at all', async () => {
    assert.equal(await reason(pdf()), 'unsupported')
    assert.equal(
      await reason(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      'unsupported',
    )
  })

  it('does not hold up the next one', async () => {
    const [first, second] = await Promise.all([reason(Buffer.from('ffd8ffe0', 'hex')), reason(await photo())])
    assert.deepEqual([first, second], ['broken', 'accepted'])
  })
})

describe('the process that draws', () => {
  it('is started again when it died, and a photo that it died of is broken', async () => {
    assert.equal(await reason(await photo()), 'accepted')
    // Large: it is not drawn yet when the process is ended, however busy the machine is.
    const fatal = reason(await canvas(7000, 7000).png().toBuffer())
    await new Promise(setImmediate)
    stopDrawing()
    assert.equal(await fatal, 'broken')
    assert.equal(await reason(await photo()), 'accepted')
  })
})

describe('a forged EXIF block', () => {
  it('gives no place and never throws, wherever it is cut or changed', async () => {
    const { exif } = await sharp(await photo()).metadata()
    assert.ok(exif && readPlace(exif).takenAt)
    for (let at = 0; at < exif.length; at += 1) {
      readPlace(exif.subarray(0, at))
      const forged = Buffer.from(exif)
      forged.fill(0xff, at, Math.min(at + 4, exif.length))
      const { latitude = 0, longitude = 0 } = readPlace(forged)
      assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)
    }
  })
})

/** Writes the check sum of a PNG's first chunk anew. */
function withCheckSum(png: Buffer): Buffer {
  let crc = 0xffffffff
  for (const byte of png.subarray(12, 29)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  png.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 29)
  return png
}
