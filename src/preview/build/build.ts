/** Builds the mini-program for a browser: lay npm, scan, compile templates and styles, bundle, put in place. */
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { layNpm } from '../npm/lay.js'
import { copyAssets } from './assets.js'
import { CodeTree } from './codeTree.js'
import { entryOf } from './entry.js'
import { type Fault, Faults } from './faults.js'
import { STAMP, stampFor } from './fingerprint.js'
import { bundleFrame } from './frame.js'
import type { PreviewOptions } from './options.js'
import { openOutput, replaceOutput } from './output.js'
import { scan } from './scan.js'
import { bundleScripts } from './script.js'
import { compileStyles } from './styles.js'
import { compileTemplates } from './templates.js'
import { checkTypes } from './typeCheck.js'

/** @throws BuildFailed naming every place that has to be mended */
export async function buildPreview(options: PreviewOptions): Promise<void> {
  const { root, source, out, isChecked = true, isProduction = false } = options
  const runtime = options.runtime ?? join(root, 'src/preview/runtime/boot.ts')
  const stamp = stampFor(options) // before anything is read: what changes meanwhile is built the next time
  const faults = new Faults()
  const types: Promise<Fault[]> = isChecked ? checkTypes(source, memoryBeside(out)) : Promise.resolve([])
  const made = openOutput(out)
  try {
    faults.found.push(...layNpm({ root, source }))
    const tree = new CodeTree(source)
    const scanned = scan(tree, faults)
    const [templates, styles] = await Promise.all([
      compileTemplates(tree, scanned.parts, faults),
      compileStyles(tree, scanned, faults),
    ])
    if (faults.found.length === 0) {
      const entry = entryOf({ runtime, scan: scanned, styles, templates })
      await Promise.all([
        bundleScripts({ tree, faults, root, entry, out: made, isProduction }),
        bundleFrame(join(root, 'src/preview/frame'), made),
      ])
      copyAssets(source, made)
      copyFileSync(join(root, 'src/preview/frame/index.html'), join(made, 'index.html'))
    }
    faults.found.push(...(await types))
    faults.throwIfAny(root)
    writeFileSync(join(made, STAMP), JSON.stringify({ stamp }))
    replaceOutput(out, made)
  } finally {
    await types.catch(() => undefined)
    if (existsSync(made)) rmSync(made, { recursive: true, force: true })
  }
}

const memoryBeside = (out: string) => join(dirname(out), `.${basename(out)}.tsbuildinfo`)
