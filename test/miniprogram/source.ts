/** The source of the mini-program as text, for tests about the whole of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../miniprogram', import.meta.url))

export interface SourceFile {
  /** Relative to the mini-program's root. */
  path: string
  text: string
}

/** Every file of that kind that is ours. */
export function sourceFiles(extension: string): SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension) && !path.startsWith('miniprogram_npm'))
    .map((path) => ({ path: relative('.', path), text: readFileSync(join(root, path), 'utf8') }))
}

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
}

/** Every page of app.json, those of subpackages too. */
export function pagesOfApp(): string[] {
  const app = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')) as AppJson
  const inPackages = (app.subPackages ?? []).flatMap(({ root: folder, pages }) =>
    pages.map((page) => `${folder.replace(/\/$/, '')}/${page}`),
  )
  return [...app.pages, ...inPackages]
}
