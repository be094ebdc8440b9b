/** Data that a scenario works on: a folder, a database, and the people in it. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cast, assemble } from './cast.js'

export interface Place {
  dataDir: string
  /** What a service on it is started with. */
  env: Record<string, string>
  cast: Cast
  end(): void
}

/** The environment of a service on that folder and database; `url` undefined for the embedded file. */
export const environmentOf = (dataDir: string, url: string | undefined): Record<string, string> => ({
  NODE_ENV: 'test',
  PORT: '0',
  DATA_DIR: dataDir,
  DEMO: 'off',
  PREVIEW: 'off',
  LOG_LEVEL: 'silent',
  LIMIT_SCALE: '1000',
  TRUSTED_PROXIES: '127.0.0.1',
  ...(url === undefined ? {} : { DATABASE_URL: url }),
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
