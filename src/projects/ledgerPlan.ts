/**
 * What an import would do, worked out outside any transaction: lines to be added, lines to be changed, and what is wrong.
 * A line is known by its project code in its ledger, or without a code by its name and builder. A blank cell leaves
 * what is there as it is.
 */
import { setImmediate } from 'node:timers/promises'
import { type EntityManager, In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { dateOf } from '../calendar/dates.js'
import type { Value } from '../excel/column.js'
import type { Fault, Line, Lines } from '../excel/lines.js'
import { loadPersonalKeys, newPersonalKey, type PersonalKey, sealPersonal } from '../encryption/personalKeys.js'
import type { PersonKeyRow } from '../encryption/personalKeys.js'
import type { Knowledge } from '../house.js'
import { sentence } from '../http/sentences.js'
import { isCreditCode, normalizeCreditCode } from '../people/creditCode.js'
import { Enterprise } from '../people/enterprise.js'
import { projectContract } from './contract.js'
import { blankProject } from './ledger.js'
import { importHeaders, type LedgerKey } from './ledgerColumns.js'
import {
  CellWrong,
  check,
  type Columns,
  type Patch,
  placePatch,
  plainPatch,
  postPatch,
  staffOf,
  stagePatch,
  textIn,
  type Values,
} from './ledgerPatches.js'
import { openerWith, type PersonalName, personalNames, projectPersonal } from './personal.js'
import { Project } from './project.js'
import type { ProjectStage } from './projectStage.js'
import { endsCare, type Stage } from './stages.js'
import type { Book } from './words.js'

export interface LedgerPlan {
  firms: Omit<Enterprise, 'version' | 'auditHead'>[]
  keys: PersonKeyRow[]
  created: Columns[]
  updated: { before: Project; patch: Patch }[]
  stages: ProjectStage[]
  unchanged: number
  faults: Fault[]
}

interface Surroundings {
  db: EntityManager
  know: Knowledge
  now: Date
  /** Whose power it is: stages are moved by them. */
  actorPostId: string | null
}

interface Options {
  book: Book | null
  tell(done: number): Promise<void>
}

const CHUNK = 200

export async function planLedger(
  { db, know, now, actorPostId }: Surroundings,
  { lines, places, faults: known }: Lines<LedgerKey>,
  { book, tell }: Options,
): Promise<LedgerPlan> {
  const plan: LedgerPlan = { firms: [], keys: [], created: [], updated: [], stages: [], unchanged: 0, faults: [] }
  const flawed = new Set(known.map(({ no }) => no))
  const staff = await staffOf(db)
  const firms = new Map<string, Columns['enterpriseId']>()
  const firstLines = new Map<string, number>()
  const today = dateOf(now)

  const fault = (no: number, key: LedgerKey, message: string) =>
    plan.faults.push({ no, at: places.get(key) ?? places.get('name') ?? 0, message })

  for (let from = 0; from < lines.length; from += CHUNK) {
    const chunk = lines.slice(from, from + CHUNK)
    const found = await foundOf(db, chunk)
    const keys = await loadPersonalKeys(
      db,
      know.keyring,
      found.all.map(({ id }) => id),
    )
    const open = openerWith(keys)
    await readFirms(db, chunk, firms)
    for (const line of chunk) {
      const { no } = line
      const before = plan.faults.length
      for (const [key, message] of wrongCells(line)) fault(no, key, message)
      if (plan.faults.length > before || flawed.has(no)) continue
      try {
        planLine(line)
      } catch (error) {
        if (!(error instanceof CellWrong)) throw error
        fault(no, error.key, error.message)
      }
    }
    await tell(Math.min(from + CHUNK, lines.length))
    await setImmediate()

    function planLine({ no, values }: Line<LedgerKey>): void {
      const ofBook = (values.book as Book | undefined) ?? book
      if (ofBook === null) throw new CellWrong('book', '请写明是哪一本台账，或在导入时选择')
      const name = textIn(values, 'name')
      const builderName = textIn(values, 'builderName')
      const projectCode = textIn(values, 'projectCode')
      if (name === undefined) throw new CellWrong('name', '请填写项目名称')
      if (builderName === undefined) throw new CellWrong('builderName', '请填写建设单位')
      const mark = JSON.stringify([ofBook, ...(projectCode === undefined ? [name, builderName] : [projectCode])])
      const first = firstLines.get(mark)
      if (first !== undefined) {
        const same = projectCode === undefined ? '项目名称和建设单位' : '项目代码'
        throw new CellWrong(projectCode === undefined ? 'name' : 'projectCode', `和第 ${first} 行的${same}重复`)
      }
      firstLines.set(mark, no)
      const row = found.match(ofBook, projectCode, name, builderName)
      if (row === undefined) return add(ofBook, name, builderName, values)
      const other = firstLines.get(row.id)
      if (other !== undefined) throw new CellWrong('name', `和第 ${other} 行是同一个项目`)
      firstLines.set(row.id, no)
      update(row, values)
    }

    function add(ofBook: Book, name: string, builderName: string, values: Values): void {
      if (values.careLevel === undefined) throw new CellWrong('careLevel', '新项目要写明包保层级')
      const id = uuid()
      const stage = (values.stage as Stage | undefined) ?? 'preparing'
      const stageOn = textIn(values, 'stageOn') ?? today
      if (stageOn > today) throw new CellWrong('stageOn', '日期不能在今天以后')
      const line: Columns = {
        ...blankProject,
        id,
        book: ofBook,
        name,
        builderName,
        careLevel: values.careLevel as Columns['careLevel'],
        stage,
        stageOn,
        careEndedOn: endsCare(stage) ? stageOn : null,
        createdAt: now,
        updatedAt: now,
      }
      Object.assign(line, plainPatch(values), placePatch(line, values, staff), firmPatch(builderName, values))
      Object.assign(line, postPatch(line, values, staff))
      check(line)
      Object.assign(line, sealedPatch(id, values, undefined))
      plan.created.push(line)
      plan.stages.push(step(id, stage, stageOn))
    }

    function update(row: Project, values: Values): void {
      const patch: Patch = {
        ...plainPatch(values),
        ...placePatch(row, values, staff),
        ...firmPatch(textIn(values, 'builderName') ?? row.builderName, values, row),
      }
      Object.assign(patch, postPatch({ ...row, ...patch }, values, staff))
      Object.assign(patch, stagePatch(row, { ...row, ...patch }, values, today))
      check({ ...row, ...patch })
      Object.assign(patch, sealedPatch(row.id, values, row))
      const changed = Object.entries(patch).filter(
        ([key, value]) => (row as unknown as Record<string, unknown>)[key] !== value,
      )
      if (changed.length === 0) {
        plan.unchanged += 1
        return
      }
      plan.updated.push({ before: row, patch: { ...(Object.fromEntries(changed) as Patch), updatedAt: now } })
      if (patch.stage !== undefined && patch.stage !== row.stage) {
        plan.stages.push(step(row.id, patch.stage, patch.stageOn ?? today))
      }
    }

    /** The firm of a code; one not yet known is registered with the lines. */
    function firmPatch(builderName: string, values: Values, row?: Project): Patch {
      const given = textIn(values, 'creditCode')
      if (given === undefined) return {}
      const creditCode = normalizeCreditCode(given)
      if (!isCreditCode(creditCode)) throw new CellWrong('creditCode', '统一社会信用代码不对，请核对18位代码')
      let id = firms.get(creditCode) ?? null
      if (id === null) {
        id = uuid()
        firms.set(creditCode, id)
        const districtCode = textIn(values, 'districtCode') ?? row?.districtCode ?? null
        plan.firms.push({ id, creditCode, name: builderName, districtCode, createdAt: now })
      }
      return { enterpriseId: id }
    }

    /** A masked name, as an export shows it, is the name that is there. */
    function sealedPatch(id: string, values: Values, row: Project | undefined): Patch {
      const patch: Patch = {}
      let key: PersonalKey | undefined = keys.get(id)
      for (const name of personalNames) {
        const given = textIn(values, name)
        if (given === undefined) continue
        const { column, field } = projectPersonal[name]
        const kept = row?.[column] ?? null
        if (given.includes('*')) {
          if (kept !== null && open(id, name, kept, true) === given) continue
          throw new CellWrong(name, personalFault(name))
        }
        if (kept !== null && open(id, name, kept, false) === given) continue
        if (!key) {
          const made = newPersonalKey(know.keyring, id, now)
          plan.keys.push(made.row)
          key = made.key
        }
        patch[column] = sealPersonal(key, field, id, given)
      }
      return patch
    }
  }
  return plan

  function step(projectId: string, stage: Stage, stageOn: string): ProjectStage {
    return { id: uuid(), projectId, stage, stageOn, isBack: false, note: null, movedByPostId: actorPostId, at: now }
  }
}

const personalFault = (name: PersonalName) => (name === 'contactPhone' ? '请填写完整号码' : '请填写完整姓名')

/** What the contract says of each cell. */
function* wrongCells({ values }: Line<LedgerKey>): Generator<[LedgerKey, string]> {
  for (const [key, value] of Object.entries(values) as [LedgerKey, Value][]) {
    const isMasked = (personalNames as readonly string[]).includes(key) && String(value).includes('*')
    const schema = fields[key]
    if (!schema || isMasked || isSettled.has(key)) continue
    const result = schema.safeParse(value, { error: sentence })
    if (!result.success) yield [key, result.error.issues[0]?.message ?? '格式不对']
  }
}
/** Read as one of their own kind, they cannot be wrong any more; a credit code says itself what is wrong with it. */
const isSettled = new Set<LedgerKey>([
  'creditCode',
  ...[...importHeaders.values()].filter(({ kind }) => ['date', 'flag', 'choice'].includes(kind)).map(({ key }) => key),
])
const fields: Partial<Record<LedgerKey, z.ZodType>> = projectContract['project.create'].input.shape

async function foundOf(db: EntityManager, lines: readonly Line<LedgerKey>[]) {
  const codes = lines.flatMap(({ values }) => textIn(values, 'projectCode') ?? [])
  const byCode = codes.length === 0 ? [] : await db.findBy(Project, { projectCode: In(codes) })
  const found = new Set(byCode.map(({ projectCode }) => projectCode))
  const names = lines.flatMap(({ values }) =>
    found.has(textIn(values, 'projectCode') ?? null) ? [] : (textIn(values, 'name') ?? []),
  )
  const byName = names.length === 0 ? [] : await db.findBy(Project, { name: In(names) })
  const all = [...new Map([...byCode, ...byName].map((row) => [row.id, row])).values()]
  const coded = new Map(byCode.map((row) => [`${row.book} ${row.projectCode}`, row]))
  const named = new Map<string, Project[]>()
  for (const row of byName) {
    const mark = JSON.stringify([row.book, row.name, row.builderName])
    named.set(mark, [...(named.get(mark) ?? []), row])
  }
  return {
    all,
    match(book: Book, code: string | undefined, name: string, builderName: string): Project | undefined {
      const known = code === undefined ? undefined : coded.get(`${book} ${code}`)
      if (known) return known
      const alike = named.get(JSON.stringify([book, name, builderName])) ?? []
      const open = code === undefined ? alike : alike.filter((row) => row.projectCode === null)
      if (open.length > 1) throw new CellWrong('name', '台账里有几个这样的项目，请填写项目代码')
      return open[0]
    },
  }
}

async function readFirms(
  db: EntityManager,
  lines: readonly Line<LedgerKey>[],
  firms: Map<string, string | null>,
): Promise<void> {
  const codes = lines.flatMap(({ values }) => {
    const code = textIn(values, 'creditCode')
    return code === undefined ? [] : [normalizeCreditCode(code)]
  })
  const wanted = [...new Set(codes)].filter((code) => !firms.has(code))
  if (wanted.length === 0) return
  for (const { id, creditCode } of await db.findBy(Enterprise, { creditCode: In(wanted) })) firms.set(creditCode, id)
}
