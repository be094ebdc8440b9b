/**
 * What an import of leads would do, worked out outside any transaction: lines to be added, lines to be changed, and what
 * is wrong. A line is known by the platform's number, or by whose outlet exceeded what at which time. A blank cell leaves
 * what is there as it is; what has been sent to its branch is no longer changed.
 */
import { setImmediate } from 'node:timers/promises'
import { type EntityManager, In } from 'typeorm'
import type { z } from 'zod'
import { dateOf } from '../calendar/dates.js'
import type { Value } from '../excel/column.js'
import type { Fault, Line, Lines } from '../excel/lines.js'
import { sentence } from '../http/sentences.js'
import { isCreditCode, normalizeCreditCode } from '../people/creditCode.js'
import { Enterprise } from '../people/enterprise.js'
import { Unit } from '../people/unit.js'
import { numberOn } from '../words/number.js'
import { leadFields } from './contract.js'
import { Lead } from './lead.js'
import type { LeadKey } from './leadColumns.js'
import { BRANCH_UNKNOWN, decimal, type LeadFacts, markOf, newLead } from './open.js'
import type { LeadSource } from './states.js'

type Row = Omit<Lead, 'version' | 'auditHead'>

export interface LeadPlan {
  created: Row[]
  updated: { before: Lead; patch: Partial<Row> }[]
  unchanged: number
  faults: Fault[]
}

interface Surroundings {
  db: EntityManager
  now: Date
  actorPostId: string | null
}

interface Options {
  /** Of lines that do not say theirs. */
  source: LeadSource | null
  tell(done: number): Promise<void>
}

type Values = Line<LeadKey>['values']

/** Said of a cell; the line goes no further. */
class CellWrong extends Error {
  constructor(
    readonly key: LeadKey,
    message: string,
  ) {
    super(message)
  }
}

const CHUNK = 200

export async function planLeads(
  { db, now, actorPostId }: Surroundings,
  { lines, places, faults: known }: Lines<LeadKey>,
  { source, tell }: Options,
): Promise<LeadPlan> {
  const plan: LeadPlan = { created: [], updated: [], unchanged: 0, faults: [] }
  const flawed = new Set(known.map(({ no }) => no))
  const branches = await db.findBy(Unit, { kind: 'branch' })
  const firstLines = new Map<string, number>()
  const createdOn = dateOf(now)
  const numbers = new Set(
    (await db.find(Lead, { select: { number: true }, where: { createdOn } })).map(({ number }) => number),
  )
  const fault = (no: number, key: LeadKey, message: string) =>
    plan.faults.push({ no, at: places.get(key) ?? places.get('firmName') ?? 0, message })

  for (let from = 0; from < lines.length; from += CHUNK) {
    const good: { no: number; values: Values; facts: LeadFacts; mark: string }[] = []
    for (const { no, values } of lines.slice(from, from + CHUNK)) {
      const before = plan.faults.length
      for (const [key, message] of wrongCells(values)) fault(no, key, message)
      if (plan.faults.length > before || flawed.has(no)) continue
      attempt(no, () => good.push({ no, values, ...identify(no, values) }))
    }
    const marks = In(good.map(({ mark }) => mark))
    const there = new Map((await db.findBy(Lead, { mark: marks })).map((row) => [row.mark, row]))
    const codes = good.flatMap(({ facts }) => facts.creditCode ?? [])
    const firms = new Map(
      (await db.findBy(Enterprise, { creditCode: In(codes) })).map((firm) => [firm.creditCode, firm]),
    )
    for (const { no, values, facts, mark } of good) {
      const firm = firms.get(facts.creditCode ?? '')
      const row = there.get(mark)
      attempt(no, () => {
        if (row) return update(row, values, facts, firm)
        const districtCode = facts.districtCode ?? firm?.districtCode ?? null
        const unitId = branchIn(values, districtCode)
        if (unitId === undefined) throw new CellWrong('districtCode', `${BRANCH_UNKNOWN}（“核查分局”一栏）`)
        const more = { unitId, enterpriseId: firm?.id ?? null, postId: actorPostId, now }
        plan.created.push({ ...newLead(facts, more), number: freeNumber() })
      })
    }
    await tell(Math.min(from + CHUNK, lines.length))
    await setImmediate()
  }
  return plan

  /** Of many thousands on one day two may well be drawn alike. */
  function freeNumber(): string {
    let number = numberOn('CB', createdOn)
    while (numbers.has(number)) number = numberOn('CB', createdOn)
    numbers.add(number)
    return number
  }

  function attempt(no: number, work: () => unknown): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof CellWrong)) throw error
      fault(no, error.key, error.message)
    }
  }

  /** What the line says, and which exceedance it is. */
  function identify(no: number, values: Values): { facts: LeadFacts; mark: string } {
    const facts = factsIn(values, source)
    if (facts.exceededAt !== null && facts.exceededAt > now) {
      throw new CellWrong('exceededAt', '超标时间不能在现在以后')
    }
    const mark = markOf(facts)
    if (mark === undefined) {
      throw new CellWrong(facts.pollutant === null ? 'pollutant' : 'exceededAt', '没有平台编号的，要写污染物和超标时间')
    }
    const first = firstLines.get(mark)
    if (first !== undefined) {
      const key = facts.reference === null ? 'exceededAt' : 'reference'
      throw new CellWrong(key, `和第 ${first} 行是同一条超标`)
    }
    firstLines.set(mark, no)
    return { facts, mark }
  }

  /** As told, or that of the district; undefined where nobody knows. */
  function branchIn(values: Values, districtCode: string | null): string | undefined {
    const name = textIn(values, 'unit')
    if (name === null) return branches.find((unit) => unit.districtCodes.includes(districtCode ?? ''))?.id
    const unit = branches.find((one) => one.id === name || shortOf(one.name) === shortOf(name))
    if (!unit) throw new CellWrong('unit', '没有这个分局')
    return unit.id
  }

  /** A branch chosen by hand stays, unless the sheet names another or another district. */
  function movedTo(row: Lead, values: Values, { districtCode }: LeadFacts): Partial<Row> {
    const isSaid = values.unit !== undefined || (districtCode !== null && districtCode !== row.districtCode)
    const unitId = row.state === 'new' && isSaid ? branchIn(values, districtCode) : undefined
    return unitId === undefined ? {} : { unitId }
  }

  function update(row: Lead, values: Values, facts: LeadFacts, firm: Enterprise | undefined): void {
    const { source: ofLine, ...told } = facts
    const given: Partial<Row> = {
      ...(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)) as Partial<Row>),
      ...(values.source === undefined ? {} : { source: ofLine }),
      ...(firm ? { enterpriseId: firm.id } : {}),
      ...movedTo(row, values, facts),
    }
    const changed = Object.entries(given).filter(
      ([key, value]) => JSON.stringify(row[key as keyof Lead]) !== JSON.stringify(value),
    )
    if (changed.length === 0) {
      plan.unchanged += 1
      return
    }
    if (row.state !== 'new') {
      throw new CellWrong('firmName', `这条线索（${row.number}）已经移交，不能再改。删去这一行，或者改回原来的内容`)
    }
    plan.updated.push({ before: row, patch: Object.fromEntries(changed) })
  }
}

/** 铁西生态环境分局, 铁西分局 and 铁西 are one. */
const shortOf = (name: string) => name.replace(/(生态环境)?分局$/u, '')

const textIn = (values: Values, key: LeadKey): string | null => {
  const value = values[key]
  return value === undefined ? null : String(value)
}

function factsIn(values: Values, source: LeadSource | null): LeadFacts {
  const text = (key: LeadKey) => textIn(values, key)
  const ofLine = (values.source as LeadSource | undefined) ?? source
  if (ofLine === null) throw new CellWrong('source', '请写明来源，或在导入时选择')
  if (ofLine === 'tip') throw new CellWrong('source', '举报转核查的，请在系统里逐条登记')
  const firmName = text('firmName')
  if (firmName === null) throw new CellWrong('firmName', '请填写企业名称')
  const given = text('creditCode')
  const creditCode = given === null ? null : normalizeCreditCode(given)
  if (creditCode !== null && !isCreditCode(creditCode)) {
    throw new CellWrong('creditCode', '统一社会信用代码不对，请核对18位代码')
  }
  const exceededAt = text('exceededAt')
  return {
    source: ofLine,
    reference: text('reference'),
    firmName,
    creditCode,
    districtCode: text('districtCode'),
    outlet: text('outlet'),
    pollutant: text('pollutant'),
    value: decimal(values.value as number | undefined),
    limitValue: decimal(values.limit as number | undefined),
    measure: text('measure'),
    exceededAt: exceededAt === null ? null : new Date(exceededAt),
    text: text('text'),
  }
}

/** What the contract says of each cell; a credit code says itself what is wrong with it. */
function* wrongCells(values: Values): Generator<[LeadKey, string]> {
  const schemas: Partial<Record<LeadKey, z.ZodType>> = leadFields
  for (const [key, value] of Object.entries(values) as [LeadKey, Value][]) {
    const schema = key === 'creditCode' ? undefined : schemas[key]
    const result = schema?.safeParse(value, { error: sentence })
    if (result && !result.success) yield [key, result.error.issues[0]?.message ?? '格式不对']
  }
}
