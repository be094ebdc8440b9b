/** Finds what our source uses of TDesign, and what that uses in turn: components, scripts, styles, templates. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { type Fault, lineAt } from '../build/faults.js'
import type { SourceFile } from './sourceFiles.js'

/** Where each kind of our own files names something of TDesign: the path after the package's name is captured. */
const NAMED_BY_US: Readonly<Record<string, RegExp>> = {
  '.json': /"(?:\/?miniprogram_npm\/)?tdesign-miniprogram\/([^"]+)"/g,
  '.ts': /\b(?:from|import|import\(|require\()\s*['"]tdesign-miniprogram\/([^'"]+)['"]/g,
  '.wxss': /@import\s+['"][^'"]*tdesign-miniprogram\/([^'"]+)['"]/g,
  '.wxml': /\bsrc="[^"]*tdesign-miniprogram\/([^"]+)"/g,
}

/** What one kind of file names of another, and the endings that the name may lack. */
const NAMED_BY_TDESIGN: Readonly<Record<string, { name: RegExp; endings: readonly string[] }>> = {
  '.js': { name: /\b(?:from|import|require\()\s*["']([^"']+)["']/g, endings: ['.js', '/index.js', ''] },
  '.wxss': { name: /@import\s+["']([^"']+)["']/g, endings: ['', '.wxss'] },
  '.wxml': { name: /\bsrc="(\.[^"{]+)"/g, endings: ['', '.wxml', '.wxs'] },
  '.wxs': { name: /\brequire\(["']([^"']+)["']\)/g, endings: ['', '.wxs'] },
}

const COMPONENT = ['.json', '.js', '.wxml', '.wxss']

/** `from`: TDesign's folder; the paths are relative to it. */
export function tdesignInUse(ours: readonly SourceFile[], from: string): { used: Set<string>; faults: Fault[] } {
  const used = new Set<string>()
  const faults: Fault[] = []
  for (const { file, text } of ours) {
    const ending = extname(file)
    for (const { index, 1: path = '' } of text.matchAll(NAMED_BY_US[ending] ?? /(?!)/g)) {
      const base = join(from, path)
      const isThere =
        ending === '.json' ? addComponent(base) : addFirst(base, ['', '.js', '/index.js', '.wxss', '.wxml'])
      if (!isThere) faults.push({ file, line: lineAt(text, index), message: `there is no ${path} in TDesign` })
    }
  }
  return { used, faults }

  function addComponent(base: string): boolean {
    if (!existsSync(`${base}.json`)) return false
    for (const ending of COMPONENT) if (existsSync(base + ending)) add(base + ending)
    return true
  }

  function addFirst(base: string, endings: readonly string[]): boolean {
    const found = endings.map((ending) => base + ending).find((file) => existsSync(file) && statSync(file).isFile())
    if (found === undefined) return false
    add(found)
    return true
  }

  /** With everything that the file names. */
  function add(file: string): void {
    const path = relative(from, file)
    if (used.has(path)) return
    used.add(path)
    const folder = dirname(file)
    const ending = extname(file)
    if (ending === '.json') {
      const { usingComponents = {} } = JSON.parse(readFileSync(file, 'utf8')) as Using
      for (const spec of Object.values(usingComponents)) addComponent(resolve(folder, spec))
    }
    const naming = NAMED_BY_TDESIGN[ending]
    if (!naming) return
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(naming.name)) {
      // styles may leave out the dot; a script's bare name is a package that TDesign brings along
      const isPackage = ending === '.js' && !name.startsWith('.')
      addFirst(isPackage ? join(from, 'miniprogram_npm', name) : resolve(folder, name), naming.endings)
    }
  }
}

interface Using {
  usingComponents?: Record<string, string>
}
