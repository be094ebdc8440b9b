/** Turns WXSS into style sheets of one page of a browser: scoped class names, `wx-…` tags, the page's own lengths. */
import { readFileSync } from 'node:fs'
import { transform } from 'esbuild'
import postcss, { type AtRule, type Root } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { builtinTags } from './builtinTags.js'
import { type CodeTree, NPM } from './codeTree.js'
import type { Faults } from './faults.js'
import type { Part, Scan } from './scan.js'
import { browserUnits } from './units.js'

export interface Styles {
  /** CSS by code path; `app` is app.wxss. */
  sheets: Record<string, string>
  /** Prefix of class names by code path; none where styles are shared. */
  scopes: Record<string, string>
}

/** Of those that the preview is looked at with. */
export const BROWSERS = ['chrome105', 'safari16', 'firefox115']

/** Stand for what differs from one component to the next, so that each file is worked on once. */
const CLASS_PREFIX = '__PREFIX__'
const HOST = '__HOST__'
const PAGE = '__PAGE__'

interface Sheet {
  file: string
  imports: Sheet[]
  css: string
}

export async function compileStyles(tree: CodeTree, { appStyle, parts, pages }: Scan, faults: Faults): Promise<Styles> {
  const sheets: Record<string, string> = {}
  const scopes: Record<string, string> = {}
  const compiled = new Map<string, Sheet>()
  const pagePaths = new Set(pages)
  const files = [appStyle, ...parts.map(({ style }) => style)].filter((file) => file !== undefined)
  for (const file of files) readSheet(file, { tree, faults, compiled })
  await Promise.all([...compiled.values()].map((sheet) => minify(sheet, tree, faults)))
  const sheetOf = (file: string) => compiled.get(file) as Sheet

  if (appStyle !== undefined) sheets['app'] = written(sheetOf(appStyle), '', '', '')
  for (const part of parts) {
    const scope = isShared(part) ? undefined : `c${Object.keys(scopes).length.toString(36)}`
    if (scope !== undefined) scopes[part.path] = scope
    if (part.style === undefined) continue
    const prefix = scope === undefined ? '' : `${scope}--`
    // of all rules as strong as a page's own, only those of the page itself: another page has the same names
    const page = pagePaths.has(part.path) ? `:where([data-route="${part.path}"]) ` : ''
    sheets[part.path] = written(sheetOf(part.style), prefix, scope ?? '', page)
  }
  return { sheets, scopes }
}

/** Pages share their styles with the components that want them; components are closed unless they say so. */
function isShared({ config }: Part): boolean {
  const isolation = config['styleIsolation']
  return isolation === undefined ? config.component !== true : isolation === 'shared' || isolation === 'page-shared'
}

/** A sheet after those it imports, each once. */
function written(sheet: Sheet, prefix: string, host: string, page: string): string {
  const inOrder = new Set<Sheet>()
  const visit = (one: Sheet) => {
    for (const imported of one.imports) visit(imported)
    inOrder.add(one)
  }
  visit(sheet)
  return [...inOrder]
    .map(({ css }) => css)
    .join('')
    .replaceAll(CLASS_PREFIX, prefix)
    .replaceAll(HOST, host)
    .replaceAll(`${PAGE} `, page)
}

interface Work {
  tree: CodeTree
  faults: Faults
  compiled: Map<string, Sheet>
}

/** With those that it imports. */
function readSheet(file: string, work: Work): Sheet {
  const known = work.compiled.get(file)
  if (known) return known
  const sheet: Sheet = { file, imports: [], css: '' }
  work.compiled.set(file, sheet)
  const root = parseSheet(file, work.faults)
  if (!root) return sheet
  root.walkAtRules('import', (rule) => {
    const imported = importedFile(rule, file, work)
    if (imported !== undefined) sheet.imports.push(readSheet(imported, work))
    rule.remove()
  })
  root.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && (rule.parent as AtRule).name.endsWith('keyframes')) return
    try {
      rule.selector = browserSelector.processSync(rule.selector)
    } catch (error) {
      work.faults.add(file, rule.source?.start?.line ?? 0, `the selector cannot be read: ${(error as Error).message}`)
    }
  })
  root.walkDecls((declaration) => {
    if (work.tree.isOurs(file) && LOCAL_PICTURE.test(declaration.value)) {
      work.faults.add(file, declaration.source?.start?.line ?? 0, 'WXSS cannot load pictures of the package')
    }
    declaration.value = browserUnits(declaration.value)
  })
  sheet.css = root.toString()
  return sheet
}

function parseSheet(file: string, faults: Faults): Root | undefined {
  try {
    return postcss.parse(readFileSync(file, 'utf8'), { from: file })
  } catch (error) {
    const { line = 0, reason = String(error) } = error as { line?: number; reason?: string }
    faults.add(file, line, reason)
    return undefined
  }
}

const LOCAL_PICTURE = /url\(\s*['"]?(?!data:|https?:|['"#])/

/** An address in an `@import` is always beside the file, unless it begins with a slash or names a package. */
function importedFile(rule: AtRule, file: string, { tree, faults }: Work): string | undefined {
  const spec = /^\s*(?:url\()?['"]([^'"]+)['"]/.exec(rule.params)?.[1] ?? ''
  const found = tree.resolve(spec.replace(new RegExp(`^/?${NPM}/`), `/${NPM}/`), file, ['', '.wxss'])
  if (found === undefined) faults.add(file, rule.source?.start?.line ?? 0, `there is no style sheet ${spec}`)
  return found
}

const browserSelector = selectorParser((selectors) => {
  selectors.walk((node) => {
    if (node.type === 'class') node.value = CLASS_PREFIX + node.value
    if (node.type === 'tag' && builtinTags.has(node.value)) node.value = `wx-${node.value}`
    if (node.type === 'pseudo' && node.value === ':host') {
      const attribute = { attribute: 'wx-host', operator: '=', value: HOST, quoteMark: '"', raws: {} } as const
      const inside = (node.nodes ?? []).flatMap((selector) => selector.nodes)
      node.replaceWith(selectorParser.attribute(attribute), ...inside)
    }
  })
  for (const selector of selectors.nodes) {
    const first = selector.first
    if (first) selector.insertBefore(first, selectorParser.tag({ value: `${PAGE} ` }))
  }
})

/** The lines are still those of the file, so that what esbuild finds can be pointed at. */
async function minify(sheet: Sheet, tree: CodeTree, faults: Faults): Promise<void> {
  const options = { loader: 'css', minify: true, charset: 'utf8', logLevel: 'silent', target: BROWSERS } as const
  const { code, warnings } = await transform(sheet.css, options)
  sheet.css = code.trimEnd()
  if (!tree.isOurs(sheet.file)) return
  for (const { text, location } of warnings) faults.add(sheet.file, location?.line ?? 0, text)
}
