/** Copies pictures, sounds and the page that holds the app. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { NPM } from './codeTree.js'

const ASSET = /\.(png|jpe?g|gif|svg|webp|mp3|mp4)$/

export function copyAssets(source: string, out: string): void {
  for (const file of assetsIn(source)) {
    const to = join(out, relative(source, file))
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(file, to)
  }
}

function assetsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === NPM ? [] : assetsIn(path)
    return ASSET.test(entry.name) ? [path] : []
  })
}
