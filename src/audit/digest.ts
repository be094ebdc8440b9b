/** Once a day, the day's entries are signed outside the database: whoever rolls a chain back cleanly is still found out. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { And, type EntityManager, LessThan, MoreThan, MoreThanOrEqual } from 'typeorm'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { AuditEntry } from './auditEntry.js'
import { job } from './jobKind.js'

const STEP = 1000
/** After a long stop at most so many days are made up for; the newest count most. */
const DAYS_BACK = 31

interface Seal {
  day: string
  entries: number
  /** SHA-256 of the list beside it. */
  list: string
  mac: string
}

const sealMac = (key: Buffer, { day, entries, list }: Omit<Seal, 'mac'>) =>
  createHmac('sm3', key)
    .update(JSON.stringify([day, entries, list]))
    .digest('hex')

/** `id kind subject seq mac` of every entry of the day, a line each, in the order of their ids. */
async function* entriesOf(db: EntityManager, day: string): AsyncGenerator<string> {
  const at = And(MoreThanOrEqual(instantAt(day)), LessThan(instantAt(addDays(day, 1))))
  for (let after = ''; ; ) {
    const rows = await db.find(AuditEntry, { where: { at, id: MoreThan(after) }, order: { id: 'ASC' }, take: STEP })
    for (const { id, subjectKind, subjectId, seq, mac } of rows) yield `${id} ${subjectKind} ${subjectId} ${seq} ${mac}`
    if (rows.length < STEP) return
    after = rows.at(-1)?.id ?? ''
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function sealDay(db: EntityManager, dir: string, key: Buffer, day: string): Promise<void> {
  const lines: string[] = []
  for await (const line of entriesOf(db, day)) lines.push(line)
  const text = lines.join('\n')
  const seal = { day, entries: lines.length, list: createHash('sha256').update(text).digest('hex') }
  await mkdir(dir, { recursive: true })
  await replaceFile(join(dir, `${day}.list.gz`), await promisify(gzip)(text))
  await replaceFile(join(dir, `${day}.json`), JSON.stringify({ ...seal, mac: sealMac(key, seal) }, null, 2))
}

async function replaceFile(file: string, content: Buffer | string): Promise<void> {
  await writeFile(`${file}.part`, content)
  await rename(`${file}.part`, file)
}

const sealedDays = async (dir: string) =>
  (await readdir(dir).catch(() => []))
    .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
    .map((name) => name.slice(0, 10))
    .sort()

/** Seals every day up to yesterday that has not been sealed yet. */
export const digestJob = job<object, true, undefined>({
  claim: async () => true,
  async outside({ house, know, now }) {
    const { digestDir } = house.config
    const last = (await sealedDays(digestDir)).at(-1)
    const today = dateOf(now)
    const first = addDays(today, -DAYS_BACK)
    const from = last === undefined || last < first ? first : addDays(last, 1)
    const key = know.keyring.purposeKey('digest')
    for (let day = from; day < today; day = addDays(day, 1)) await sealDay(house.ds.manager, digestDir, key, day)
    return undefined
  },
  handle: async () => undefined,
})

export interface LostEntry {
  day: string
  subjectKind: string
  subjectId: string
  seq: number
  entryId: string
}

/** Compares the sealed days with the trail of now: forged seals, and entries that are gone or no longer the same. */
export async function compareSeals(
  db: EntityManager,
  dir: string,
  key: Buffer,
): Promise<{ days: number; forged: string[]; lost: LostEntry[] }> {
  const forged: string[] = []
  const lost: LostEntry[] = []
  const days = await sealedDays(dir)
  for (const day of days) {
    const text = await readSealed(dir, key, day)
    if (text === undefined) {
      forged.push(day)
      continue
    }
    const present = new Set<string>()
    for await (const line of entriesOf(db, day)) present.add(line)
    for (const line of text === '' ? [] : text.split('\n')) {
      if (present.has(line)) continue
      const [entryId = '', subjectKind = '', subjectId = '', seq] = line.split(' ')
      lost.push({ day, subjectKind, subjectId, seq: Number(seq), entryId })
    }
  }
  return { days: days.length, forged, lost }
}

/** The list of a sealed day, undefined when the seal does not fit it. */
async function readSealed(dir: string, key: Buffer, day: string): Promise<string | undefined> {
  try {
    const seal = JSON.parse(await readFile(join(dir, `${day}.json`), 'utf8')) as Seal
    const text = (await promisify(gunzip)(await readFile(join(dir, `${day}.list.gz`)))).toString()
    const mac = Buffer.from(sealMac(key, seal))
    const isOurs = mac.length === Buffer.byteLength(seal.mac) && timingSafeEqual(mac, Buffer.from(seal.mac))
    return isOurs && seal.list === createHash('sha256').update(text).digest('hex') ? text : undefined
  } catch {
    return undefined
  }
}
