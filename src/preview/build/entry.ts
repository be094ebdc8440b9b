/** Writes the module that hands the compiled mini-program to the runtime: the `Bundle` of runtime/bundle.ts as code. */
import type { Scan } from './scan.js'
import type { Styles } from './styles.js'

export interface EntryParts {
  /** Absolute: the module that exports `boot`. */
  runtime: string
  scan: Scan
  styles: Styles
  /** An expression. */
  templates: string
}

export function entryOf({ runtime, scan: { app, appScript, pages, parts }, styles, templates }: EntryParts): string {
  const json = JSON.stringify
  const components = parts.map(
    ({ path, config, script }) =>
      `{ path: ${json(path)}, config: ${json(config)}, styleScope: ${json(styles.scopes[path]) ?? 'undefined'}, ` +
      `load: () => require(${json(script)}) },`,
  )
  return `import { boot } from ${json(runtime)}
boot({
app: ${json(app)},
pages: ${json(pages)},
styles: ${json(styles.sheets)},
templates: ${templates},
components: [
${components.join('\n')}
],
loadApp: () => require(${json(appScript)}),
})
`
}
