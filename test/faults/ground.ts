/** Data that outlives the processes working on it: where it is, who asks, who answers, and a close look at it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { DataSource } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { type Place, proveNext } from '../../src/audit/proof.js'
import { openSeals } from '../../src/audit/sealPlace.js'
import { create } from '../../src/audit/trail.js'
import { workOnce } from '../../src/audit/worker.js'
import { readConfig } from '../../src/config.js'
import type { Keyring } from '../../src/encryption/keyring.js'
import { Post } from '../../src/people/post.js'
import { type Service, startService } from '../../src/service.js'
import { write } from '../factories.js'
import { type Ask, logIn } from './asking.js'
import { environmentOf, type Running, run } from './running.js'

export interface Ground {
  env: Record<string, string>
  /** Logged in. */
  tokens: string[]
  officerToken: string
  officerPersonId: string
  /** Another process on this data. */
  start(): Promise<Running>
  /** All jobs done, as if ten minutes had passed, and then the rows as they are. */
  settle(): Promise<Settled>
  end(): Promise<void>
}

export interface Settled {
  /** Case ids by title. */
  casesOf(ask: Ask): string[]
  cases: number
  /** How often the officer was told of a case. */
  noticesOf(caseId: string): number
  jobsLeft: { kind: string; state: string; lastError: string | null }[]
  /** What the trail's verification finds. */
  findings: unknown[]
}

const ASKERS = 20
const LATER_MS = 10 * 60_000

/** When every lease has ended and every job that was put off is due. */
export const later = () => new Date(Date.now() + LATER_MS)

/** Works on the data from within: a service in this very process, whose jobs wait until somebody does them. */
export async function inside<T>(
  env: Record<string, string>,
  now: () => Date,
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const parts = { now, withWorker: false, log: pino({ level: 'silent' }) }
  const service = await startService(readConfig(env), parts)
  try {
    return await work(service)
  } finally {
    await service.stop()
  }
}

/** Does every job that is due, and what follows from them. */
export async function drain(house: Service['house']): Promise<void> {
  for (let done = await workOnce(house); done > 0; ) done = await workOnce(house)
}

export async function ground(url: string | undefined): Promise<Ground> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shenhuan-faults-'))
  const env = environmentOf(dataDir, url)
  const people = await inside(
    env,
    () => new Date(),
    async (service) => {
      const officer = await logIn(service.url, 'officer-on-duty')
      await write({ service, now: () => new Date() }, (db) => create(db, Post, officerPost(officer.personId)))
      const tokens: string[] = []
      for (let n = 0; n < ASKERS; n += 1) tokens.push((await logIn(service.url, `asker-${n}`)).token)
      return { tokens, officerToken: officer.token, officerPersonId: officer.personId }
    },
  )

  return {
    env,
    ...people,
    start: () => run(env),
    settle: () =>
      inside(env, later, async ({ house }) => {
        await drain(house)
        const cases: { id: string; title: string }[] = await house.ds.query('SELECT id, title FROM help_case')
        const notices: { subjectId: string }[] = await house.ds.query(
          'SELECT subjectId FROM notice WHERE personId = ? AND template = ?',
          [people.officerPersonId, 'caseAssigned'],
        )
        return {
          casesOf: ({ title }) => cases.filter((row) => row.title === title).map(({ id }) => id),
          cases: cases.length,
          noticesOf: (caseId) => notices.filter(({ subjectId }) => subjectId === caseId).length,
          jobsLeft: await house.ds.query(`SELECT kind, state, lastError FROM job WHERE state <> 'done'`),
          findings: await prove(house),
        }
      }),
    end: () => rm(dataDir, { recursive: true, force: true }),
  }
}

/** The only officer of 铁西分局, where the requests come from. */
export const officerPost = (personId: string) => ({
  id: uuid(),
  role: 'officer' as const,
  unitId: 'tiexi',
  name: '演示承办人',
  title: null,
  workPhone: null,
  handles: null,
  isDuty: false,
  isActive: true,
  phoneHash: 'of-nobody',
  personId,
})

interface Provable {
  ds: DataSource
  know: { keyring: Keyring }
  config: { digestDir: string }
}

/** What the verification of the whole trail finds. */
export async function prove({ ds, know, config }: Provable): Promise<unknown[]> {
  const found: unknown[] = []
  const seals = await openSeals({ ...config, filesS3: undefined })
  let from: Place | undefined
  do {
    const auditKey = know.keyring.purposeKey('audit')
    const digestKey = know.keyring.purposeKey('digest')
    const shared = { db: ds.manager, auditKey, digestKey, seals }
    const proof = await proveNext({ ...shared, kind: undefined, from, without: [] })
    found.push(...proof.findings, ...proof.lost, ...proof.forgedDays)
    from = proof.next
  } while (from)
  return found
}
