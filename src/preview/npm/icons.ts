/** Draws TDesign's icons as masks in a style sheet, so that neither WeChat nor a browser asks a server for a font. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const iconExists = (drawings: string, name: string): boolean => existsSync(join(drawings, `${name}.svg`))

export function drawIcons(drawings: string, names: Iterable<string>): string {
  const drawn = [...names].filter((name) => iconExists(drawings, name)).sort()
  if (drawn.length === 0) return ''
  const masks = drawn.map((name) => `${selector(name)}{-webkit-mask-image:${address(drawings, name)}}`)
  return `${drawn.map(selector).join(',')}{${BOX}}\n${masks.join('\n')}\n`
}

const selector = (name: string) => `.t-icon-${name}:before`

/** A box of the size and colour of the text around it, of which the mask leaves the drawing. */
const BOX = [
  'content:""',
  'display:inline-block',
  'width:1em',
  'height:1em',
  'background-color:currentColor',
  '-webkit-mask-size:100% 100%',
  '-webkit-mask-repeat:no-repeat',
].join(';')

function address(drawings: string, name: string): string {
  const svg = readFileSync(join(drawings, `${name}.svg`), 'utf8')
    .replace('view-box=', 'viewBox=')
    .replace(/ (class|id)="[^"]*"/g, '')
    .replace(/<path fill="transparent"[^>]*><\/path>/g, '')
    .replaceAll('></path>', '/>')
    .replaceAll('currentColor', '#000')
    .replace(/ (width|height)="1em"/g, '')
    .replaceAll('"', "'")
    .trim()
  return `url("data:image/svg+xml,${svg.replace(/[%#<>]/g, encodeURIComponent)}")`
}
