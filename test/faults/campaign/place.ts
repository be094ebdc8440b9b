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
  ...(url === undefined ? {} : { DATABASE_URL: url }),
})

/** A folder that is gone when the run has ended, however it ends. */
export async function ownFolder(name: string): Promise<{ folder: string; remove(): void }> {
  const folder = await mkdtemp(join(tmpdir(), `shenhuan-${name}-`))
  const remove = () => {
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', remove)
  return { folder, remove }
}

export async function openPlace(url: string | undefined): Promise<Place> {
  const { folder, remove } = await ownFolder('campaign')
  const env = environmentOf(folder, url)
  return { dataDir: folder, env, cast: await assemble(env), end: remove }
}
