/** Proves the whole trail, a slice at a time: every subject's chain, kind after kind, and then every sealed day. */
import type { EntityManager } from 'typeorm'
import { addDays } from '../calendar/dates.js'
import { compareSeal, type LostEntry, rememberedSeals } from './digest.js'
import type { SealPlace } from './sealPlace.js'
import { subjects } from './subjects.js'
import { type Finding, verifyNext } from './verify.js'

/** Where a walk stands: after a subject of a kind, or after a day. */
export type Place = readonly [stage: string, after: string]

export interface Proof {
  checked: number
  days: number
  findings: Finding[]
  lost: LostEntry[]
  forgedDays: string[]
  /** Where to go on, undefined at the end. */
  next: Place | undefined
}

/** One slice reads at most so many subjects, and ends with the day that fills this many sealed entries. */
const SUBJECTS = 500
const SEALED_ENTRIES = 10_000
/** No kind: the stage after the last of them. */
const DAYS = '~days'

interface Walk {
  db: EntityManager
  auditKey: Buffer
  digestKey: Buffer
  seals: SealPlace
  /** Only this kind, without the days. */
  kind: string | undefined
  from: Place | undefined
  /** Subjects that are looked at another time: their number would tell of them. */
  without: readonly string[]
}

export async function proveNext({ db, auditKey, digestKey, seals, kind, from, without }: Walk): Promise<Proof> {
  const proof: Proof = { checked: 0, days: 0, findings: [], lost: [], forgedDays: [], next: undefined }
  const [stage, after] = from ?? [kind ?? '', '']
  for (const [name, entity] of stage === DAYS ? [] : inOrder()) {
    if (name < stage || (kind !== undefined && name !== kind)) continue
    const { isUncounted } = entity.trail
    const take = isUncounted ? SUBJECTS : SUBJECTS - proof.checked
    if (take === 0) return { ...proof, next: [name, ''] }
    const slice = { after: name === stage ? after : '', take, without }
    const { checked, findings, next } = await verifyNext(db, auditKey, entity, slice)
    if (!isUncounted) proof.checked += checked
    proof.findings.push(...findings)
    if (next !== null) return { ...proof, next: [name, next] }
  }
  if (kind !== undefined) return proof
  let entries = 0
  let seen = stage === DAYS ? after : ''
  const remembered = await rememberedSeals(db)
  const days = new Set([...(await seals.days()), ...remembered.keys()])
  for (const day of [...days].sort()) {
    if (day <= seen) continue
    if (entries >= SEALED_ENTRIES) return { ...proof, next: [DAYS, seen] }
    // Seals leave no gaps: a missing one counts as forged.
    for (let gone = addDays(seen || day, seen ? 1 : 0); gone < day; gone = addDays(gone, 1)) proof.forgedDays.push(gone)
    seen = day
    const comparison = await compareSeal(db, seals, digestKey, day, remembered.get(day))
    entries += comparison.entries
    proof.days += 1
    proof.lost.push(...comparison.lost)
    if (comparison.isForged) proof.forgedDays.push(day)
  }
  return proof
}

const inOrder = () => [...subjects()].sort(([a], [b]) => (a < b ? -1 : 1))
