/** Bundles what stands around the app: the page with the phone. */
import { join } from 'node:path'
import { build } from 'esbuild'
import { BROWSERS } from './styles.js'

export async function bundleFrame(folder: string, out: string): Promise<void> {
  await build({
    entryPoints: [join(folder, 'frame.ts'), join(folder, 'frame.css')],
    outdir: out,
    minify: true,
    target: ['es2022', ...BROWSERS],
    charset: 'utf8',
    logLevel: 'silent',
  })
}
