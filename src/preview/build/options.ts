/** What a build of the preview is told. */
export interface PreviewOptions {
  /** Project root: node_modules and src/preview are there. */
  root: string
  /** Folder of app.json. */
  source: string
  /** Folder that is replaced by what was built. */
  out: string
  /** Without, types are not checked: for looking at pages while they are written. */
  isChecked?: boolean
  /** Without source map, and as the libraries run in production. */
  isProduction?: boolean
  /** Module that exports `boot`; the runtime's unless told. */
  runtime?: string
}
