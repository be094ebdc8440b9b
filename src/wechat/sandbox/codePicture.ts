// Draws the picture that stands for a mini-program code: round as WeChat's, other for each scene, readable by nothing.
import { createHash } from 'node:crypto'

const RAYS = 48
const CENTRE = 100

export async function codePicture(scene: string, width: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const bytes = createHash('sha256').update(scene).digest()
  const rays = Array.from({ length: RAYS }, (_, index) => {
    const angle = (index / RAYS) * 2 * Math.PI
    const reach = 52 + ((bytes[index % bytes.length] ?? 0) % 4) * 12
    const point = (radius: number) =>
      `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`
    return `M${point(46)}L${point(reach)}`
  })
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}" viewBox="0 0 200 200">
    <rect width="200" height="200" fill="#fff"/>
    <path d="${rays.join('')}" stroke="#1a1a1a" stroke-width="4" stroke-linecap="round"/>
    <circle cx="100" cy="100" r="34" fill="none" stroke="#1a1a1a" stroke-width="4"/>
  </svg>`
  return sharp(Buffer.from(drawing)).png().toBuffer()
}
