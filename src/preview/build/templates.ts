/** Compiles WXML and WXS with glass-easel's compiler; of ours, whatever the compiler remarks on is a fault. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { posix } from 'node:path'
import type { TmplGroup as Group } from 'glass-easel-template-compiler'
import { checkTags } from './checkTags.js'
import type { CodeTree } from './codeTree.js'
import { type Faults, lineAt } from './faults.js'
import type { Part } from './scan.js'
import { browserWxs, checkWxs, requiredBy } from './wxs.js'

/** What the compiler says; its own types leave it open. */
interface Remark {
  isError: boolean
  message: string
  /** Lines and columns from 0. */
  startLine: number
  startColumn: number
  endLine: number
  endColumn: number
}

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler') as { TmplGroup: typeof Group }

/** How the compiled templates reach what the runtime does for WXS: change listeners and event handlers. */
const BRIDGE = 'Q.A=globalThis.__mpChangeProp;Q.C=globalThis.__mpWxsEvent;'

/** JavaScript: an expression of the generators by code path. */
export async function compileTemplates(tree: CodeTree, parts: readonly Part[], faults: Faults): Promise<string> {
  const group = new TmplGroup()
  const templates = new Set<string>()
  const scripts = new Set<string>()
  const checks: Promise<void>[] = []
  for (const part of parts) {
    if (part.template === '') continue
    addTemplate(part.path, part.template)
    if (tree.isOurs(part.template)) checkTags(part, tree, faults)
  }
  group.setExtraRuntimeScript(BRIDGE)
  const code = group.getTmplGenObjectGroups()
  group.free()
  await Promise.all(checks)
  return code

  function addTemplate(path: string, askedBy: string): void {
    if (templates.has(path)) return
    templates.add(path)
    const file = tree.fileOf(`${path}.wxml`)
    if (!existsSync(file)) {
      faults.addAt(askedBy, posix.basename(path), `there is no ${path}.wxml`)
      return
    }
    const text = readFileSync(file, 'utf8')
    for (const remark of (group.addTmpl(path, text) ?? []) as Remark[]) {
      if (remark.isError || tree.isOurs(file)) faults.add(file, remark.startLine + 1, written(remark, text))
    }
    for (const name of group.getInlineScriptModuleNames(path) as string[]) {
      const source = group.getInlineScript(path, name)
      if (tree.isOurs(file)) checks.push(checkWxs(source, file, lineAt(text, text.indexOf(source)), faults))
      group.setInlineScript(path, name, browserWxs(source))
    }
    for (const script of group.getScriptDependencies(path) as string[]) addScript(script, file)
    for (const template of group.getDirectDependencies(path) as string[]) addTemplate(template, file)
  }

  function addScript(path: string, askedBy: string): void {
    if (scripts.has(path)) return
    scripts.add(path)
    const file = tree.fileOf(`${path}.wxs`)
    if (!existsSync(file)) {
      faults.addAt(askedBy, posix.basename(path), `there is no ${path}.wxs`)
      return
    }
    const source = readFileSync(file, 'utf8')
    if (tree.isOurs(file)) checks.push(checkWxs(source, file, 1, faults))
    group.addScript(path, browserWxs(source))
    for (const other of requiredBy(source)) {
      addScript(posix.join(other.startsWith('/') ? '' : posix.dirname(path), other).replace(/^\/|\.wxs$/g, ''), file)
    }
  }
}

/** With the place in the template that it is about, where that is a part of one line. */
function written({ message, startLine, startColumn, endLine, endColumn }: Remark, text: string): string {
  const place = startLine === endLine ? (text.split('\n')[startLine] ?? '').slice(startColumn, endColumn) : ''
  return place === '' ? message : `${message}: ${place}`
}
