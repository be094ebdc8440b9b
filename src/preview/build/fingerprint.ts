/** Tells whether anything has changed that a build is made of: the mini-program, the preview itself, what is installed. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { NPM } from './codeTree.js'
import type { PreviewOptions } from './options.js'

export const STAMP = 'stamp.json'

/** Of what would be built now. */
export const stampFor = ({ root, source, isChecked = true, isProduction = false }: PreviewOptions): string =>
  [fingerprint(root, source), ...(isChecked ? ['checked'] : []), ...(isProduction ? ['production'] : [])].join(' ')

function fingerprint(root: string, source: string): string {
  const files = [...filesIn(source), ...filesIn(join(root, 'src', 'preview')), join(root, 'package-lock.json')]
  const hash = createHash('sha256')
  for (const file of new Set([...files, ...typesOutside(files)])) {
    if (!existsSync(file)) continue
    const content = readFileSync(file)
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Of the build that is in `out`; undefined where there is none. */
export function stampOf(out: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(out, STAMP), 'utf8')) as { stamp?: string }).stamp
  } catch {
    return undefined
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== NPM)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** What the scripts take types from, and what that takes them from, and so on: the contract. */
function typesOutside(files: readonly string[]): string[] {
  const seen = new Set(files)
  const waiting = files.filter((file) => file.endsWith('.ts'))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const [, spec = ''] of readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)) {
      const base = resolve(dirname(file), spec)
      const target = [base.replace(/(\.js)?$/, '.ts'), `${base}/index.ts`].find((name) => existsSync(name))
      if (target === undefined || seen.has(target)) continue
      seen.add(target)
      waiting.push(target)
    }
  }
  return [...seen].filter((file) => !files.includes(file))
}
