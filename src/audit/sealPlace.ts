/** Where the daily seals of the trail lie, outside the database: a directory, or the bucket that all machines share. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Config } from '../config.js'
import { type Bucket, openBucket, S3_LIMITS } from '../files/bucket.js'
import { Problem } from '../problem.js'

/** A day's seal: its JSON, and beside it the packed list of what it seals. */
export interface SealedDay {
  seal: Buffer
  list: Buffer
}

/** Throws where the place cannot be reached: what is not known is not missing. */
export interface SealPlace {
  /** The days that have a seal, oldest first. */
  days(): Promise<string[]>
  /** Undefined where one of the two is not there. */
  read(day: string): Promise<SealedDay | undefined>
  write(day: string, sealed: SealedDay): Promise<void>
  close(): void
}

type Places = Pick<Config, 'digestDir' | 'filesS3'>

export async function openSeals({ digestDir, filesS3 }: Places): Promise<SealPlace> {
  return filesS3 ? bucketSeals(await openBucket(filesS3, S3_LIMITS)) : directorySeals(digestDir)
}

const sealOf = (day: string) => `${day}.json`
const listOf = (day: string) => `${day}.list.gz`
const daysAmong = (names: readonly string[]) =>
  names
    .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
    .map((name) => name.slice(0, 10))
    .sort()

function directorySeals(dir: string): SealPlace {
  const write = async (name: string, content: Buffer) => {
    await writeFile(join(dir, `${name}.part`), content)
    await rename(join(dir, `${name}.part`), join(dir, name))
  }
  return {
    days: async () => daysAmong(await readdir(dir).catch(unlessAbsent([]))),
    async read(day) {
      const [seal, list] = await Promise.all(
        [sealOf(day), listOf(day)].map((name) => readFile(join(dir, name)).catch(unlessAbsent(undefined))),
      )
      return seal && list && { seal, list }
    },
    // The seal last: a day that has it has its list.
    async write(day, { seal, list }) {
      await mkdir(dir, { recursive: true })
      await write(listOf(day), list)
      await write(sealOf(day), seal)
    },
    close() {},
  }
}

const unlessAbsent =
  <T>(otherwise: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return otherwise
  }

const FOLDER = 'digests/'

function bucketSeals(bucket: Bucket): SealPlace {
  const get = async (name: string) => {
    const found = await bucket.get(FOLDER + name)
    return found && buffer(found)
  }
  return {
    days: () =>
      reached(async () => {
        const names: string[] = []
        let from: string | undefined
        do {
          const { objects, next } = await bucket.page(FOLDER, from)
          names.push(...objects.map(({ name }) => name.slice(FOLDER.length)))
          from = next
        } while (from !== undefined)
        return daysAmong(names)
      }),
    read: (day) =>
      reached(async () => {
        const [seal, list] = await Promise.all([get(sealOf(day)), get(listOf(day))])
        return seal && list && { seal, list }
      }),
    write: (day, { seal, list }) =>
      reached(async () => {
        await bucket.put(FOLDER + listOf(day), list)
        await bucket.put(FOLDER + sealOf(day), seal)
      }),
    close: () => bucket.close(),
  }
}

async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Problem('unavailable', { title: '留痕的封存暂时读不到，请稍后再试', cause: error })
  }
}
