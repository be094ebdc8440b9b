/** Reads app.json and follows it to every page and component that can come to be on the screen. */
import { existsSync, readFileSync } from 'node:fs'
import type { AppConfig, PageConfig } from '../runtime/bundle.js'
import type { CodeTree } from './codeTree.js'
import type { Faults } from './faults.js'
import { readJson } from './json.js'

export interface Part {
  /** Code path without ending. */
  path: string
  config: PageConfig
  /** Absolute; where there is none, that is among the faults. */
  json: string
  script: string
  template: string
  style: string | undefined
}

export interface Scan {
  app: AppConfig
  appScript: string
  appStyle: string | undefined
  pages: string[]
  parts: Part[]
}

interface AppJson extends AppConfig {
  subPackages?: Subpackage[]
  subpackages?: Subpackage[]
  usingComponents?: Record<string, string>
}

interface Subpackage {
  root: string
  pages: string[]
}

interface PartJson extends PageConfig {
  componentGenerics?: Record<string, boolean | { default?: string }>
  componentPlaceholder?: Record<string, string>
}

const SCRIPT_ENDINGS = ['.ts', '.js']

export function scan(tree: CodeTree, faults: Faults): Scan {
  const appFile = tree.fileOf('app.json')
  if (!existsSync(appFile)) {
    faults.add(appFile, 0, 'there is no app.json')
    return { app: { pages: [] }, appScript: '', appStyle: undefined, pages: [], parts: [] }
  }
  const app = readJson<AppJson>(appFile, faults)
  const subpackages = (app.subPackages ?? app.subpackages ?? []).map(({ root, pages }) => ({
    root: root.replace(/^\/|\/$/g, ''),
    pages,
  }))
  tree.subpackages = subpackages.map(({ root }) => root)
  const pages = [...(app.pages ?? []), ...subpackages.flatMap(({ root, pages: own }) => own.map((p) => `${root}/${p}`))]
  const parts = new Map<string, Part>()

  for (const page of pages) {
    if (existsSync(tree.fileOf(`${page}.json`))) addPart(page)
    else faults.addAt(appFile, inAppJson(page), `the page ${page} has no ${page}.json`)
  }
  if (app.tabBar?.custom === true) {
    if (existsSync(tree.fileOf('custom-tab-bar/index.json'))) addPart('custom-tab-bar/index')
    else faults.addAt(appFile, '"custom"', 'there is no custom-tab-bar/index.json')
  }
  checkTabs(app, pages, appFile, faults)
  const appScript = tree.resolve('/app', appFile, SCRIPT_ENDINGS)
  if (appScript === undefined) faults.add(appFile, 0, 'there is no app.ts beside it')
  const appStyle = tree.resolve('/app', appFile, ['.wxss'])
  return { app, appScript: appScript ?? '', appStyle, pages, parts: [...parts.values()] }

  /** As it is written there: in its subpackage. */
  function inAppJson(page: string): string {
    const home = tree.packageOf(page)
    return `"${home === '' ? page : page.slice(home.length + 1)}"`
  }

  /** With everything that it uses. */
  function addPart(path: string): void {
    if (parts.has(path)) return
    const base = tree.fileOf(path)
    const json = `${base}.json`
    const config = readJson<PartJson>(json, faults)
    const part: Part = {
      path,
      config,
      json,
      script: theFile(SCRIPT_ENDINGS),
      template: theFile(['.wxml']),
      style: existsSync(`${base}.wxss`) ? `${base}.wxss` : undefined,
    }
    parts.set(path, part)
    const shared = tree.isOurs(json) ? pathsOf(app.usingComponents, appFile) : {}
    config.usingComponents = { ...shared, ...pathsOf(config.usingComponents, json, config.componentPlaceholder) }
    for (const generic of Object.values(config.componentGenerics ?? {})) {
      if (typeof generic === 'object' && generic.default !== undefined) {
        generic.default = pathsOf({ generic: generic.default }, json)['generic'] ?? generic.default
      }
    }
    if (hasNamedSlots(part)) config.hasNamedSlots = true
    if (tree.isOurs(json) && part.script !== '') checkIsolation(part.script)

    function theFile(endings: readonly string[]): string {
      const found = endings.map((ending) => base + ending).find((file) => existsSync(file))
      if (found === undefined) faults.add(json, 0, `${path} has no ${endings[0]}`)
      return found ?? ''
    }
  }

  /** Tag → absolute code path, each added to the parts. */
  function pathsOf(
    using: Record<string, string> | undefined,
    from: string,
    placeholders: Record<string, string> = {},
  ): Record<string, string> {
    const paths: Record<string, string> = {}
    for (const [tag, spec] of Object.entries(using ?? {})) {
      const file = tree.resolve(spec, from, ['.json'])
      if (file === undefined) {
        faults.addAt(from, `"${tag}"`, `<${tag}> means ${spec}, which does not exist`)
        continue
      }
      const path = tree.pathOf(file).replace(/\.json$/, '')
      if (!tree.isReachable(tree.pathOf(from), path) && placeholders[tag] === undefined) {
        const home = tree.packageOf(path)
        faults.addAt(from, `"${tag}"`, `<${tag}> is in the subpackage ${home}: it needs a componentPlaceholder here`)
      }
      paths[tag] = `/${path}`
      addPart(path)
    }
    return paths
  }

  /** The preview reads it in the JSON only; WeChat takes both. */
  function checkIsolation(script: string): void {
    const said = /\b(styleIsolation|addGlobalClass)\s*:/.exec(readFileSync(script, 'utf8'))
    if (said) faults.addAt(script, said[0], 'say `"styleIsolation"` in the JSON instead')
  }

  /** WeChat fills one slot only unless asked; ours must ask themselves, as no build asks for them in WeChat. */
  function hasNamedSlots({ template, script }: Part): boolean {
    if (template === '') return false
    const named = /<slot\b[^>]*\sname=/.exec(readFileSync(template, 'utf8'))
    if (!named) return false
    if (tree.isOurs(template) && script !== '' && !/multipleSlots:\s*true/.test(readFileSync(script, 'utf8'))) {
      faults.addAt(template, named[0], 'a named slot needs `options: { multipleSlots: true }` in the script')
    }
    return true
  }
}

function checkTabs(app: AppConfig, pages: readonly string[], appFile: string, faults: Faults): void {
  for (const { pagePath } of app.tabBar?.list ?? []) {
    if (!pages.includes(pagePath)) faults.addAt(appFile, `"${pagePath}"`, `the tab ${pagePath} is no page`)
  }
}
