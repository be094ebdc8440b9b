/** What the cells of one line change in its project: columns, branch, officials and stage, each by the rules of its verb. */
import type { EntityManager } from 'typeorm'
import type { Value } from '../excel/column.js'
import type { Line } from '../excel/lines.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { Problem } from '../problem.js'
import { fits, type Place, refusalOf } from './appoint.js'
import { checkTogether } from './ledger.js'
import type { LedgerKey } from './ledgerColumns.js'
import type { Project } from './project.js'
import { endsCare, moveOf, needsReason, type Stage, stageTitle } from './stages.js'

export type Columns = Omit<Project, 'version' | 'auditHead'>
export type Patch = Partial<Omit<Columns, 'id'>>

export type Values = Line<LedgerKey>['values']

/** Said of a cell; the line goes no further. */
export class CellWrong extends Error {
  constructor(
    readonly key: LedgerKey,
    message: string,
  ) {
    super(message)
  }
}

export function textIn(values: Values, key: LedgerKey): string | undefined {
  const value = values[key]
  return value === undefined ? undefined : String(value)
}

/** Columns that are written as they are given. */
const plainKeys = [
  'projectCode',
  'name',
  'builderName',
  'park',
  'industryCode',
  'industry',
  'classMajor',
  'classMinor',
  'scale',
  'nature',
  'startsThisYear',
  'plannedStartOn',
  'plannedProductionOn',
  'documentType',
  'isImmediate',
  'greenChannel',
  'approvalLevel',
  'approvalUnit',
  'compiler',
  'compileProgress',
  'plannedSubmitOn',
  'permitType',
  'totalQuota',
  'careLevel',
  'approvalNumber',
  'lastContactOn',
  'nextFollowUpOn',
] as const satisfies readonly (LedgerKey & keyof Patch)[]

export function plainPatch(values: Values): Patch {
  const patch: Record<string, unknown> = {}
  for (const key of plainKeys) if (values[key] !== undefined) patch[key] = values[key]
  if (values.investment !== undefined) patch['investmentHundreds'] = hundreds(values.investment)
  if (values.environmentalInvestment !== undefined) {
    patch['environmentalInvestmentHundreds'] = hundreds(values.environmentalInvestment)
  }
  return patch as Patch
}

const hundreds = (wan: Value): number => Math.round(Number(wan) * 100)

export interface Staff {
  units: readonly Unit[]
  postsByName: ReadonlyMap<string, Post[]>
  posts: ReadonlyMap<string, Post>
}

export async function staffOf(db: EntityManager): Promise<Staff> {
  const posts = await db.find(Post)
  const postsByName = new Map<string, Post[]>()
  for (const post of posts) postsByName.set(post.name, [...(postsByName.get(post.name) ?? []), post])
  return { units: await db.find(Unit), postsByName, posts: new Map(posts.map((post) => [post.id, post])) }
}

/** 铁西分局, also written 沈阳市生态环境局铁西分局 or 铁西. */
const shortOf = (name: string) =>
  name
    .replace(/^沈阳市?/u, '')
    .replace(/^生态环境局/u, '')
    .replace(/(生态环境)?分局$/u, '')

export function placePatch(row: Columns, values: Values, { units }: Staff): Patch {
  const districtCode = textIn(values, 'districtCode')
  const named = textIn(values, 'unit')
  const patch: Patch = districtCode === undefined ? {} : { districtCode }
  if (named !== undefined) {
    const branches = units.filter(({ kind }) => kind === 'branch')
    const unit =
      branches.find(({ name }) => name === named) ?? branches.find(({ name }) => shortOf(name) === shortOf(named))
    if (!unit) throw new CellWrong('unit', '没有这个分局')
    return { ...patch, unitId: unit.id }
  }
  if (districtCode === undefined || districtCode === row.districtCode) return patch
  const unit = units.find(({ kind, districtCodes }) => kind === 'branch' && districtCodes.includes(districtCode))
  if (!unit) throw new CellWrong('districtCode', '请选择沈阳市的区县')
  return { ...patch, unitId: unit.id }
}

const placeKeys: Readonly<Record<'cityLeader' | 'branchLeader' | 'officer', Place>> = {
  cityLeader: 'cityLeaderPostId',
  branchLeader: 'branchLeaderPostId',
  officer: 'officerPostId',
}

/** Officials by name, among those who may be put in charge there. */
export function postPatch(line: Columns, values: Values, { units, postsByName, posts }: Staff): Patch {
  const patch: Patch = {}
  for (const [key, place] of Object.entries(placeKeys) as [keyof typeof placeKeys, Place][]) {
    const name = textIn(values, key)
    if (name === undefined || posts.get(line[place] ?? '')?.name === name) continue
    const named = (postsByName.get(name) ?? []).filter(({ isActive }) => isActive)
    const kindOf = (unitId: string) => units.find(({ id }) => id === unitId)?.kind
    const fitting = named.filter((post) => fits(place, post, kindOf(post.unitId), line.unitId))
    if (named.length === 0) throw new CellWrong(key, '人员名册里没有这个人')
    if (fitting.length === 0) throw new CellWrong(key, refusalOf(place))
    if (fitting.length > 1) throw new CellWrong(key, '有几个人同名，请在系统里指定')
    patch[place] = fitting[0]?.id ?? null
  }
  return patch
}

/** On, as an officer would move it on; what needs a reason is done where a reason can be given. */
export function stagePatch(row: Project, line: Columns, values: Values, today: string): Patch {
  const stage = (values.stage as Stage | undefined) ?? row.stage
  const on = textIn(values, 'stageOn')
  if (stage === row.stage) {
    if (on === undefined || on === row.stageOn) return {}
    throw new CellWrong('stageOn', `系统里是 ${row.stageOn}，请在系统里更正`)
  }
  const move = moveOf(row.stage, stage)
  if (move === undefined) throw new CellWrong('stage', `不能从“${stageTitle(row.stage)}”到“${stageTitle(stage)}”`)
  if (needsReason(stage, move)) throw new CellWrong('stage', '退回、暂缓和终止要写原因，请在系统里办理')
  const isApproval = ['submitted', 'accepted', 'assessment', 'publicity', 'approved'].includes(stage)
  if (isApproval && (line.documentType === 'none' || line.documentType === 'registration')) {
    throw new CellWrong('stage', '登记表和无需环评的项目不走审批')
  }
  const stageOn = on !== undefined && on !== row.stageOn ? on : today
  if (stageOn > today) throw new CellWrong('stageOn', '日期不能在今天以后')
  if (stageOn < row.stageOn) throw new CellWrong('stageOn', '日期不能早于上一阶段')
  return { stage, stageOn, careEndedOn: endsCare(stage) ? stageOn : null }
}

/** What no single cell can tell. */
export function check(line: Columns): void {
  try {
    checkTogether(line)
  } catch (error) {
    const [first] = error instanceof Problem ? (error.particulars.errors ?? []) : []
    if (!first) throw error
    throw new CellWrong(first.path as LedgerKey, first.message)
  }
}
