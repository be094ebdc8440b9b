/** A copy of the fixture mini-program in a folder of its own, for a test to change and to build. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import vm from 'node:vm'
import { buildPreview } from '../../src/preview/build/build.js'
import { buildIfChanged } from '../../src/preview/build/ifChanged.js'
import type { PreviewOptions } from '../../src/preview/build/options.js'
import type { Bundle } from '../../src/preview/runtime/bundle.js'

export const root = join(import.meta.dirname, '../..')

export interface Place {
  /** Folder of app.json. */
  source: string
  out: string
  /** Replaces text in a file of the mini-program, which must be there. */
  edit(file: string, from: string, to: string): void
  write(file: string, text: string): void
  append(file: string, text: string): void
  remove(file: string): void
  /** Where the text stands last in a file. */
  lineOf(file: string, text: string): number
  /** Without types, unless told. */
  build(options?: Partial<PreviewOptions>): Promise<void>
  buildIfChanged(): Promise<boolean>
  /** What a failing build says, line by line. */
  faults(options?: Partial<PreviewOptions>): Promise<string[]>
  /** What the built script hands to the runtime. */
  bundle(): Bundle
}

const fixture = join(import.meta.dirname, 'fixture')
const folders: string[] = []

export function place(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'))
  folders.push(folder)
  const source = join(folder, 'miniprogram')
  const out = join(folder, 'out', 'app')
  cpSync(fixture, source, { recursive: true, filter: (file) => !file.endsWith('miniprogram_npm') })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const runtime = join(folder, 'boot.ts')
  writeFileSync(runtime, STAND_IN)
  const options = { root, source, out, runtime, isChecked: false }
  const build = (more: Partial<PreviewOptions> = {}) => buildPreview({ ...options, ...more })
  return {
    source,
    out,
    edit(file, from, to) {
      const text = readFileSync(join(source, file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
      writeFileSync(join(source, file), text.replace(from, to))
    },
    write(file, text) {
      mkdirSync(dirname(join(source, file)), { recursive: true })
      writeFileSync(join(source, file), text)
    },
    append: (file, text) => appendFileSync(join(source, file), text),
    remove: (file) => rmSync(join(source, file)),
    lineOf(file, text) {
      const content = readFileSync(join(source, file), 'utf8')
      return content.slice(0, content.lastIndexOf(text)).split('\n').length
    },
    build,
    buildIfChanged: () => buildIfChanged(options),
    async faults(more) {
      try {
        await build(more)
      } catch (error) {
        if ((error as Error).name === 'BuildFailed') {
          return (error as Error).message.split('\n').map((line) => line.replace(/^.*\/miniprogram\//, ''))
        }
        throw error
      }
      return []
    },
    bundle() {
      const world: Record<string, unknown> = { location: { origin: 'http://preview.test' } }
      vm.runInNewContext(readFileSync(join(out, 'app.js'), 'utf8'), world)
      return world['bundle'] as Bundle
    },
  }
}

/** Instead of the runtime: keeps what it is handed. */
const STAND_IN = `
globalThis.__wxsMark = () => {}
globalThis.__wxsType = (value) => typeof value
export const boot = (bundle) => { globalThis.bundle = bundle }
`

export function removePlaces(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}
