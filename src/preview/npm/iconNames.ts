/** Finds the icons that are named: by our source, where a wrong name is a fault, and by the TDesign components in use. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { lineAt } from '../build/faults.js'
import { tagsOf } from '../build/markup.js'
import type { SourceFile } from './sourceFiles.js'

export interface IconUse {
  name: string
  file: string
  line: number
}

export function iconsUsed(ours: readonly SourceFile[], tdesign: readonly string[]) {
  const found = ours.flatMap((source): IconUse[] => {
    const ending = extname(source.file)
    return ending === '.wxml' ? namedInTemplate(source) : ending === '.ts' ? namedInScript(source) : []
  })
  return { ours: found, names: new Set([...found.map(({ name }) => name), ...tdesign.flatMap(namedByTdesign)]) }
}

/** `name` of t-icon; `icon`, `left-icon` and the like of anything else. */
function namedInTemplate({ file, text }: SourceFile): IconUse[] {
  return tagsOf(text).flatMap((tag) =>
    tag.attributes
      .filter(({ name }) => (tag.name === 't-icon' && name === 'name') || /^([a-z-]+-)?icon$/.test(name))
      .flatMap(({ value, line }) => iconsIn(value).map((name) => ({ name, file, line }))),
  )
}

/** The value of an attribute: a name, an expression that chooses one, or the address of a picture. */
function iconsIn(value: string): string[] {
  if (value.includes('{{')) return chosenIn(value)
  return /^[a-z]/.test(value) && !value.includes('/') && !['true', 'false'].includes(value) ? [value] : []
}

/** Under the key `icon:`, as in tables that pages draw from. */
function namedInScript({ file, text }: SourceFile): IconUse[] {
  return [...text.matchAll(/\b(?:\w+I|i)con:\s*([^,;}\n]+)/g)].flatMap(({ index, 1: value = '' }) =>
    chosenIn(value)
      .filter((name) => !ofWechat.includes(name))
      .map((name) => ({ name, file, line: lineAt(text, index) })),
  )
}

/** Icons of wx.showToast, which are not TDesign's. */
const ofWechat = ['success', 'error', 'loading', 'none']

/** Every text in an expression, but for those that are only compared with. */
function chosenIn(expression: string): string[] {
  const without = expression.replace(/[=!]==?\s*(['"])[^'"]*\1|(['"])[^'"]*\2\s*[=!]==?/g, '')
  return [...without.matchAll(/(['"])([a-z][\w-]*)\1/g)].map(([, , name = '']) => name)
}

/** Its own templates and scripts quote names plainly; a word that happens to be an icon's name costs 300 bytes. */
function namedByTdesign(file: string): string[] {
  if (!/\.(wxml|wxs|js)$/.test(file) || /\/(common|locale|miniprogram_npm)\//.test(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/["'`]([a-z][a-z0-9-]+)["'`]/g)].map(([, name = '']) => name)
}
