/**
 * Builds the mini-program for a browser, where its source has changed since the last time:
 *   npx tsx src/preview/command.ts                              into dist/preview/app, which the service shows at /
 *   npx tsx src/preview/command.ts --out /tmp/mine --no-check   into a folder of your own, without checking types
 * Further: --source <folder of app.json>, --production (no source map), --always (even if nothing changed).
 */
import { rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { STAMP } from './build/fingerprint.js'
import { buildIfChanged } from './build/ifChanged.js'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist', 'preview', 'app') },
    source: { type: 'string', default: join(root, 'miniprogram') },
    'no-check': { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    always: { type: 'boolean', default: false },
  },
})
const out = resolve(values.out)
if (values.always) rmSync(join(out, STAMP), { force: true })
const startedAt = Date.now()

try {
  const isBuilt = await buildIfChanged({
    root,
    source: resolve(values.source),
    out,
    isChecked: !values['no-check'],
    isProduction: values.production,
  })
  if (isBuilt) process.stdout.write(`preview: built in ${Date.now() - startedAt} ms\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error && error.name === 'BuildFailed' ? error.message : error}\n`)
  process.exitCode = 1
}
