/**
 * What DevTools would upload of each package of a mini-program: scripts as esbuild minifies them one by one (WeChat
 * minifies each file, too), everything else as it is on disk. Types, settings of the project and notes stay here.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import { transform } from 'esbuild'

const LEFT_OUT = ['tsconfig.json', 'project.config.json', 'project.private.config.json']

interface AppJson {
  subPackages?: { root: string }[]
  subpackages?: { root: string }[]
}

/** Bytes by root of the package; the main one is `''`. */
export async function packageSizes(source: string): Promise<Map<string, number>> {
  const app = JSON.parse(readFileSync(join(source, 'app.json'), 'utf8')) as AppJson
  const roots = (app.subPackages ?? app.subpackages ?? []).map(({ root }) => root.replace(/^\/|\/$/g, ''))
  const sizes = new Map(['', ...roots].map((root) => [root, 0]))
  const files = (readdirSync(source, { recursive: true }) as string[]).map((name) => join(source, name))
  await Promise.all(
    files.filter(isUploaded).map(async (file) => {
      const path = relative(source, file)
      const root = roots.find((one) => path.startsWith(`${one}/`)) ?? ''
      const bytes = await uploadedBytes(file)
      sizes.set(root, (sizes.get(root) ?? 0) + bytes)
    }),
  )
  return sizes
}

const isUploaded = (file: string) =>
  statSync(file).isFile() && !LEFT_OUT.includes(basename(file)) && !/\.(md|d\.ts|map)$/.test(file)

async function uploadedBytes(file: string): Promise<number> {
  const ending = extname(file)
  if (ending !== '.ts' && ending !== '.js') return statSync(file).size
  const source = readFileSync(file, 'utf8')
  const { code } = await transform(source, { loader: ending === '.ts' ? 'ts' : 'js', minify: true, charset: 'utf8' })
  return Buffer.byteLength(code)
}
