/** After `npm ci`: writes miniprogram/miniprogram_npm, so that WeChat DevTools can open the folder as it is. */
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layNpm } from './lay.js'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const source = join(root, 'miniprogram')

if (existsSync(join(source, 'app.json'))) {
  // only said here: a build of the preview fails for it
  for (const { file, line, message } of layNpm({ root, source })) {
    process.stderr.write(`${relative(root, file)}:${line}: ${message}\n`)
  }
}
