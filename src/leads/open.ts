/** Writes a lead down, whoever found it; another part of the house that has something to check on site comes in here. */
import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { isDuplicate } from '../database/transaction.js'
import { districts } from '../districts.js'
import { isCreditCode, normalizeCreditCode } from '../people/creditCode.js'
import { Enterprise } from '../people/enterprise.js'
import { Unit } from '../people/unit.js'
import { invalid, Problem } from '../problem.js'
import { numberOn } from '../words/number.js'
import { Lead } from './lead.js'
import type { LeadSource } from './states.js'
import { refuseTelling } from './telling.js'

/** What is known of an exceedance. */
export interface LeadFacts {
  source: LeadSource
  reference: string | null
  firmName: string
  creditCode: string | null
  districtCode: string | null
  outlet: string | null
  pollutant: string | null
  value: string | null
  limitValue: string | null
  measure: string | null
  exceededAt: Date | null
  text: string | null
}

/** Those it came with, of the answer, and of answers sent back. */
export const FILES_OF_LEAD = 45

/** Decimals as they are kept. */
export const decimal = (value: number | undefined): string | null => (value === undefined ? null : String(value))

/**
 * What makes an exceedance itself, whoever found it: the platform's number, or whose outlet exceeded what at which time.
 * Undefined where nothing tells it from another; what somebody told of is always its own.
 */
export function markOf(facts: Omit<LeadFacts, 'text'>): string | undefined {
  const { source, reference, firmName, outlet, pollutant, exceededAt } = facts
  const plain = (text: string | null) => (text ?? '').normalize('NFKC').replace(/\s/gu, '')
  if (source === 'tip') return undefined
  const told =
    reference !== null
      ? ['reference', plain(reference)]
      : pollutant !== null && exceededAt !== null
        ? ['fact', plain(firmName), plain(outlet), plain(pollutant), exceededAt.toISOString()]
        : undefined
  return told && createHash('sha256').update(JSON.stringify(told)).digest('hex')
}

export const BRANCH_UNKNOWN = '不知道在哪个区县的，请选择由哪个分局核查'

/** The branch that checks: as told, or that of the district. @throws Problem invalid */
export async function branchFor(
  db: EntityManager,
  { districtCode, unitId }: { districtCode: string | null; unitId: string | undefined },
): Promise<string> {
  if (unitId !== undefined) {
    if (!(await db.existsBy(Unit, { id: unitId, kind: 'branch' }))) throw invalid('unitId', '没有这个分局')
    return unitId
  }
  const found = districts.find(({ code }) => code === districtCode)?.unitId
  if (found === undefined) throw invalid('unitId', BRANCH_UNKNOWN)
  return found
}

/** A new row, as it stands before it is sent. */
export function newLead(
  facts: LeadFacts,
  {
    unitId,
    enterpriseId,
    postId,
    now,
  }: { unitId: string; enterpriseId: string | null; postId: string | null; now: Date },
): Omit<Lead, 'version' | 'auditHead'> {
  const id = idAt(now)
  const createdOn = dateOf(now)
  return {
    id,
    number: numberOn('CB', createdOn),
    mark: markOf(facts) ?? id,
    state: 'new',
    ...facts,
    unitId,
    enterpriseId,
    createdByPostId: postId,
    createdAt: now,
    createdOn,
    sentByPostId: null,
    sentOn: null,
    dueOn: null,
    answeredOn: null,
    outcome: null,
    closedOn: null,
  }
}

/** Two numbers of a day hardly ever meet. */
const NUMBER_TRIES = 3

interface Opening {
  facts: LeadFacts
  unitId?: string | undefined
  postId: string | null
}

/** @throws Problem invalid, on `creditCode`, `unitId` or `text`; conflict, where the same exceedance is there already */
export async function openLead(db: EntityManager, now: Date, { facts, unitId, postId }: Opening): Promise<Lead> {
  refuseTelling(facts, facts.text)
  const creditCode = facts.creditCode === null ? null : normalizeCreditCode(facts.creditCode)
  if (creditCode !== null && !isCreditCode(creditCode)) {
    throw invalid('creditCode', '统一社会信用代码不对，请核对18位代码')
  }
  const firm = creditCode === null ? null : await db.findOneBy(Enterprise, { creditCode })
  const branch = await branchFor(db, { districtCode: facts.districtCode ?? firm?.districtCode ?? null, unitId })
  const row = newLead({ ...facts, creditCode }, { unitId: branch, enterpriseId: firm?.id ?? null, postId, now })
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create(db, Lead, { ...row, number: numberOn('CB', row.createdOn) })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      const same = await db.findOneBy(Lead, { mark: row.mark })
      if (same) throw new Problem('conflict', { title: `这条超标已经登记过：${same.number}`, cause: error })
      if (attempt === NUMBER_TRIES) throw error
    }
  }
}
