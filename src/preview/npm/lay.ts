/** 构建 npm without DevTools: lays what the mini-program uses of TDesign into its miniprogram_npm, with local icons. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Fault } from '../build/faults.js'
import { iconsUsed } from './iconNames.js'
import { drawIcons, iconExists } from './icons.js'
import { sourceFiles } from './sourceFiles.js'
import { tdesignInUse } from './tdesign.js'

export interface NpmPlace {
  /** Project root, whose node_modules are laid. */
  root: string
  /** Folder of app.json. */
  source: string
}

const TDESIGN = 'tdesign-miniprogram'

/** Rewrites only what changed. What does not exist is returned, and everything else laid. */
export function layNpm({ root, source }: NpmPlace): Fault[] {
  const from = join(root, 'node_modules', TDESIGN, 'miniprogram_dist')
  const drawings = join(root, 'node_modules', 'tdesign-icons-svg', 'src')
  const files = sourceFiles(source)
  const { used, faults } = tdesignInUse(files, from)
  const icons = iconsUsed(
    files,
    [...used].map((path) => join(from, path)),
  )
  for (const { name, file, line } of icons.ours) {
    if (!iconExists(drawings, name)) faults.push({ file, line, message: `there is no icon ${name} in TDesign` })
  }
  const laid = new Map<string, Buffer>()
  for (const path of used) laid.set(`${TDESIGN}/${path}`, contentOf(path))
  laid.set('icons.wxss', Buffer.from(drawIcons(drawings, icons.names)))
  writeTree(join(source, 'miniprogram_npm'), laid)
  return faults

  function contentOf(path: string): Buffer {
    const content = readFileSync(join(from, path))
    return path === 'icon/icon.wxss' ? Buffer.from(withLocalIcons(content.toString())) : content
  }
}

/** TDesign's icons are a font on a server of Tencent's; ours are drawn from the package. */
const withLocalIcons = (wxss: string) =>
  `@import '../../icons.wxss';${wxss}`
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\.t-icon-[\w-]+:before\s*\{content:[^}]*\}\s*/g, '')
    .replace(/\.t-icon\s*\{font-family:[^}]*\}\s*/g, '')

function writeTree(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, content] of files) {
    const file = join(folder, path)
    if (existsSync(file) && readFileSync(file).equals(content)) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  if (existsSync(folder)) removeOthers(folder, '', files)
}

function removeOthers(folder: string, under: string, files: ReadonlyMap<string, Buffer>): void {
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) {
      removeOthers(folder, path, files)
      if (readdirSync(join(folder, path)).length === 0) rmdirSync(join(folder, path))
    } else if (!files.has(path)) rmSync(join(folder, path), { force: true })
  }
}
