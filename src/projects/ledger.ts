/** One line of the ledger as it is written: input fields turned into columns, and checked against each other. */
import type { EntityManager } from 'typeorm'
import type { Input } from '../contract.js'
import type { Knowledge } from '../house.js'
import { Enterprise } from '../people/enterprise.js'
import { findOrRegister } from '../people/findFirm.js'
import { Unit } from '../people/unit.js'
import { invalid, Problem } from '../problem.js'
import { sealValues } from './personal.js'
import type { Project } from './project.js'

export type LedgerInput = Omit<Input<'project.update'>, 'id' | 'version'>
type Columns = Partial<Omit<Project, 'id' | 'version' | 'auditHead'>>

/** A line of which nothing is known yet. */
export const blankProject = {
  projectCode: null,
  enterpriseId: null,
  districtCode: null,
  unitId: null,
  park: null,
  industryCode: null,
  industry: null,
  classMajor: null,
  classMinor: null,
  scale: null,
  investmentHundreds: null,
  environmentalInvestmentHundreds: null,
  nature: null,
  startsThisYear: false,
  plannedStartOn: null,
  plannedProductionOn: null,
  documentType: null,
  isImmediate: false,
  greenChannel: null,
  approvalLevel: null,
  approvalUnit: null,
  compiler: null,
  compilerLeadSealed: null,
  compileProgress: 0,
  plannedSubmitOn: null,
  permitType: null,
  totalQuota: null,
  cityLeaderPostId: null,
  branchLeaderPostId: null,
  officerPostId: null,
  approvalNumber: null,
  contactNameSealed: null,
  contactPhoneSealed: null,
  lastContactOn: null,
  nextFollowUpOn: null,
  acceptedOn: null,
  decidedOn: null,
  promisedDueOn: null,
  legalDueOn: null,
  usedWorkdays: null,
  usedDays: null,
} as const satisfies Partial<Project>

/** The columns of exactly the fields given. */
export async function columnsOf(
  { db, know, now }: { db: EntityManager; know: Pick<Knowledge, 'keyring'>; now: Date },
  projectId: string,
  input: LedgerInput,
  builderName: string,
): Promise<Columns> {
  const { investment, environmentalInvestment, compilerLead, contactName, contactPhone, ...rest } = input
  const { enterpriseId, creditCode, districtCode, unitId, ...plain } = rest
  return given({
    ...plain,
    districtCode,
    unitId: await branchFor(db, districtCode, unitId),
    enterpriseId: await firmFor(db, { enterpriseId, creditCode, name: builderName, districtCode }, now),
    investmentHundreds: hundreds(investment),
    environmentalInvestmentHundreds: hundreds(environmentalInvestment),
    ...(await sealValues(db, know.keyring, projectId, { compilerLead, contactName, contactPhone }, now)),
  })
}

/** What no single field can tell. @throws Problem invalid */
export function checkTogether(line: Columns): void {
  const { investmentHundreds: all, environmentalInvestmentHundreds: part } = line
  if (typeof all === 'number' && typeof part === 'number' && part > all) {
    throw invalid('environmentalInvestment', '环保投资不能大于总投资')
  }
  const { plannedStartOn: start, plannedProductionOn: production } = line
  if (start && production && production < start) throw invalid('plannedProductionOn', '预计投产不能早于计划开工')
}

export const codeTaken = (cause: unknown) =>
  new Problem('conflict', { title: '这本台账里已经有这个项目代码，请核对', cause })

/** 万元 with two decimals → hundreds of yuan. */
function hundreds(wan: number | null | undefined): number | null | undefined {
  return typeof wan === 'number' ? Math.round(wan * 100) : wan
}

/** The branch named, otherwise that of the district. */
async function branchFor(
  db: EntityManager,
  districtCode: string | null | undefined,
  unitId: string | null | undefined,
): Promise<string | null | undefined> {
  if (unitId === undefined && districtCode === undefined) return undefined
  if (unitId === null) return null
  const branches = await db.findBy(Unit, { kind: 'branch' })
  if (unitId !== undefined) {
    if (branches.some((branch) => branch.id === unitId)) return unitId
    throw invalid('unitId', '没有这个分局')
  }
  if (districtCode === null || districtCode === undefined) return null
  const branch = branches.find((one) => one.districtCodes.includes(districtCode))
  if (!branch) throw invalid('districtCode', '请选择沈阳市的区县')
  return branch.id
}

interface Firm {
  enterpriseId: string | null | undefined
  creditCode: string | undefined
  name: string
  districtCode: string | null | undefined
}

async function firmFor(
  db: EntityManager,
  { enterpriseId, creditCode, name, districtCode }: Firm,
  now: Date,
): Promise<string | null | undefined> {
  if (creditCode !== undefined) {
    const firm = await findOrRegister(db, { creditCode, name, districtCode }, now)
    if (typeof enterpriseId === 'string' && enterpriseId !== firm.id) {
      throw invalid('creditCode', '信用代码和所选企业不一致')
    }
    return firm.id
  }
  if (typeof enterpriseId === 'string' && !(await db.existsBy(Enterprise, { id: enterpriseId }))) {
    throw invalid('enterpriseId', '没有找到这家企业')
  }
  return enterpriseId
}

const given = (fields: { [K in keyof Columns]: Columns[K] | undefined }): Columns =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Columns
