/** Data that a scenario works on: a folder, a database, and the people in it. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentOf as plainEnvironmentOf } from '../running.js'
import { type Cast, assemble } from './cast.js'

export interface Place {
  dataDir: string
  /** What a service on it is started with. */
  env: Record<string, string>
  cast: Cast
  end(): void
}

/** Behind nginx, and without the mini-program in a browser. */
export const environmentOf = (dataDir: string, url: string | undefined): Record<string, string> => ({
  ...plainEnvironmentOf(dataDir, url),
  PREVIEW: 'off',
  TRUSTED_PROXIES: '127.0.0.1',
})

/** A folder that is gone when the run has ended, however it ends. */
export async function ownFolder(name: string, within = tmpdir()): Promise<{ folder: string; remove(): void }> {
  const folder = await mkdtemp(join(within, `shenhuan-${name}-`))
  const remove = () => {
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)
  return { folder, remove }
}

export async function openPlace(
  url: string | undefined,
  more: Record<string, string> = {},
  within?: string,
): Promise<Place> {
  const { folder, remove } = await ownFolder('campaign', within)
  const env = { ...environmentOf(folder, url), ...more }
  return { dataDir: folder, env, cast: await assemble(env), end: remove }
}
