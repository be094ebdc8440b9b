/** Once a day, the day's entries are signed outside the database: whoever rolls a chain back cleanly is still found out. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { AuditEntry } from './auditEntry.js'
import { job } from './jobKind.js'
import { AuditSeal } from './seal.js'
import type { SealPlace } from './sealPlace.js'
import { create } from './trail.js'

const STEP = 1000
/** The first time, so many days are sealed at most. */
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

/** `id kind subject seq mac` of every entry of the day, a line each, in the order of their time. */
async function* entriesOf(db: EntityManager, day: string): AsyncGenerator<string> {
  const [from, to] = [instantAt(day), instantAt(addDays(day, 1))]
  for (let [at, id] = [from, '']; ; ) {
    const rows = await db
      .createQueryBuilder(AuditEntry, 'e')
      .select(['e.id', 'e.at', 'e.subjectKind', 'e.subjectId', 'e.seq', 'e.mac'])
      .where('e.at >= :at AND e.at < :to AND (e.at > :at OR e.id > :id)', { at, to, id })
      .orderBy({ 'e.at': 'ASC', 'e.id': 'ASC' })
      .limit(STEP)
      .getMany()
    for (const entry of rows) {
      yield `${entry.id} ${entry.subjectKind} ${entry.subjectId} ${entry.seq} ${entry.mac}`
    }
    const last = rows.at(-1)
    if (!last || rows.length < STEP) return
    at = last.at
    id = last.id
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function sealDay(db: EntityManager, seals: SealPlace, key: Buffer, day: string): Promise<Seal> {
  const lines: string[] = []
  for await (const line of entriesOf(db, day)) lines.push(line)
  const text = lines.join('\n')
  const seal = { day, entries: lines.length, list: createHash('sha256').update(text).digest('hex') }
  const signed = { ...seal, mac: sealMac(key, seal) }
  await seals.write(day, { seal: Buffer.from(JSON.stringify(signed, null, 2)), list: await promisify(gzip)(text) })
  return signed
}

/** Seals every day up to yesterday that has not been sealed yet; what was sealed once is never sealed again. */
export const digestJob = job<object, true, Seal[]>({
  claim: async () => true,
  async outside({ house, know, now }) {
    const { seals: place } = house.outside
    const db = house.ds.manager
    const written = await place.days()
    const remembered = await rememberedSeals(db)
    const last = [...written, ...remembered.keys()].sort().at(-1)
    const today = dateOf(now)
    const first = addDays(today, -DAYS_BACK)
    // Never a gap after the first sealed day: a day missing in between has been taken away.
    const from = last === undefined ? first : addDays(last, 1)
    const key = know.keyring.purposeKey('digest')
    const seals: Seal[] = []
    // Left by a run that did not end, or by a version that remembered none.
    for (const day of written.filter((one) => !remembered.has(one))) {
      const { seal } = (await readSealed(place, key, day)) ?? {}
      if (seal) seals.push(seal)
    }
    for (let day = from; day < today; day = addDays(day, 1)) seals.push(await sealDay(db, place, key, day))
    for (const { day, entries, mac } of seals) house.log.info({ day, entries, mac }, 'a day of the trail is sealed')
    return seals
  },
  async handle({ db, result }) {
    const remembered = await rememberedSeals(db)
    for (const { day, entries, mac } of result) {
      if (!remembered.has(day)) await create(db, AuditSeal, { id: uuid(), day, entries, mac })
    }
  },
})

/** The MAC of every day's seal, as the database remembers it. */
export async function rememberedSeals(db: EntityManager): Promise<Map<string, string>> {
  const rows = await db.find(AuditSeal, { select: { day: true, mac: true } })
  return new Map(rows.map(({ day, mac }) => [day, mac]))
}

export async function lastSealedDay(db: EntityManager): Promise<string | undefined> {
  const last = await db.findOne(AuditSeal, { select: { day: true }, where: {}, order: { day: 'DESC' } })
  return last?.day
}

export interface LostEntry {
  day: string
  subjectKind: string
  subjectId: string
  seq: number
  entryId: string
}

export interface Comparison {
  isForged: boolean
  /** Entries under the seal. */
  entries: number
  lost: LostEntry[]
}

/**
 * Compares a sealed day with the trail of now: a forged seal, and entries that are gone or no longer the same. The
 * seal is also forged where it is not the one that the database remembers.
 */
export async function compareSeal(
  db: EntityManager,
  seals: SealPlace,
  key: Buffer,
  day: string,
  remembered: string | undefined,
): Promise<Comparison> {
  const sealed = await readSealed(seals, key, day)
  if (sealed === undefined || (remembered !== undefined && remembered !== sealed.seal.mac)) {
    return { isForged: true, entries: 0, lost: [] }
  }
  const { text } = sealed
  const present = new Set<string>()
  for await (const line of entriesOf(db, day)) present.add(line)
  const lines = text === '' ? [] : text.split('\n')
  const lost = lines
    .filter((line) => !present.has(line))
    .map((line): LostEntry => {
      const [entryId = '', subjectKind = '', subjectId = '', seq] = line.split(' ')
      return { day, subjectKind, subjectId, seq: Number(seq), entryId }
    })
  return { isForged: false, entries: lines.length, lost }
}

/** A day's seal with its list, undefined when it is not there or does not fit. */
async function readSealed(
  seals: SealPlace,
  key: Buffer,
  day: string,
): Promise<{ seal: Seal; text: string } | undefined> {
  const sealed = await seals.read(day)
  if (!sealed) return undefined
  try {
    const seal = JSON.parse(sealed.seal.toString()) as Seal
    const text = (await promisify(gunzip)(sealed.list)).toString()
    const mac = Buffer.from(sealMac(key, seal))
    const isOurs = mac.length === Buffer.byteLength(seal.mac) && timingSafeEqual(mac, Buffer.from(seal.mac))
    const isWhole = isOurs && seal.day === day && seal.list === createHash('sha256').update(text).digest('hex')
    return isWhole ? { seal, text } : undefined
  } catch {
    return undefined
  }
}
