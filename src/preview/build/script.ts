/** Bundles runtime, templates and scripts with esbuild into one file, and refuses what WeChat could not load. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Message, type Plugin } from 'esbuild'
import type { CodeTree } from './codeTree.js'
import type { Fault, Faults } from './faults.js'

export interface BundleOptions {
  tree: CodeTree
  faults: Faults
  /** Project root, whose node_modules the runtime needs. */
  root: string
  entry: string
  /** Folder that app.js is written to. */
  out: string
  isProduction: boolean
}

/** In the browser the service is where the page came from, whatever the mini-program's own table says. */
const SERVER_OF_PREVIEW = 'export const server = location.origin\n'

export async function bundleScripts({ tree, faults, root, entry, out, isProduction }: BundleOptions): Promise<void> {
  try {
    await build({
      stdin: { contents: entry, resolveDir: root, sourcefile: 'entry.js', loader: 'js' },
      bundle: true,
      format: 'iife',
      target: 'es2022',
      outfile: join(out, 'app.js'),
      minify: true,
      sourcemap: isProduction ? false : 'linked',
      charset: 'utf8',
      legalComments: 'none',
      define: { 'process.env.NODE_ENV': isProduction ? '"production"' : '"development"' },
      nodePaths: [join(root, 'node_modules')],
      plugins: [asWechatLoads(tree)],
      tsconfigRaw: { compilerOptions: { target: 'es2022', useDefineForClassFields: true } },
      logLevel: 'silent',
    })
  } catch (error) {
    const { errors } = error as { errors?: Message[] }
    if (!errors) throw error
    for (const message of errors) faults.found.push(faultOf(message, root))
  }
}

function faultOf({ text, location }: Message, root: string): Fault {
  if (!location) return { file: root, line: 0, message: text }
  return { file: join(root, location.file), line: location.line, message: text }
}

const SCRIPTS = ['', '.ts', '.js', '/index.ts', '/index.js']

function asWechatLoads(tree: CodeTree): Plugin {
  return {
    name: 'as-wechat-loads',
    setup(builder) {
      builder.onResolve({ filter: /./ }, ({ path, importer, kind }) => {
        if (tree.has(path)) return { path } // from the entry, under the name that the tree knows it by
        if (kind === 'entry-point' || !tree.has(importer)) return undefined
        const file = tree.resolve(path, importer, SCRIPTS) ?? tree.resolve(path.replace(/\.js$/, ''), importer, ['.ts'])
        if (file === undefined) {
          return { errors: [{ text: `there is no ${path}, neither beside this file nor in miniprogram_npm` }] }
        }
        if (!tree.has(file)) {
          return {
            errors: [{ text: `only types can come from outside the mini-program: import type … from '${path}'` }],
          }
        }
        if (kind !== 'dynamic-import' && !tree.isReachable(tree.pathOf(importer), tree.pathOf(file))) {
          return { errors: [{ text: `${path} is in another subpackage, which may not be loaded: use require.async` }] }
        }
        return { path: file }
      })
      builder.onLoad({ filter: /[\\/]environment\.ts$/ }, ({ path }) =>
        path === tree.fileOf('environment.ts') ? { contents: SERVER_OF_PREVIEW, loader: 'ts' } : undefined,
      )
      builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!tree.isOurs(path)) return undefined
        return { contents: withImports(await readFile(path, 'utf8')), loader: 'ts' }
      })
    },
  }
}

/** `require.async` is WeChat's way to load from another subpackage; a browser has `import`. */
const withImports = (source: string) => source.replace(/\brequire\.async\(/g, 'import(')
