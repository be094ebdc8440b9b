/** WHO IS WHO in the demonstration: names that nobody could take for real ones, and telephone numbers of no network. */
import type { StaffRole } from '../people/roles.js'
import type { Unit } from '../people/unit.js'

export interface Official {
  /** `demo:<login>` logs in as this person. */
  login: string
  name: string
  role: StaffRole
  unitId: string
  title: string
  isDuty: boolean
  phone: string
}

/** The firm of `enterprise` has the first project of the ledger; that of `enterprise2` one in another branch. */
export const members = [
  { login: 'enterprise', name: '演示甲', projectNo: 1 },
  { login: 'enterprise2', name: '演示乙', projectNo: 14 },
] as const

const named: readonly Omit<Official, 'isDuty' | 'phone'>[] = [
  { login: 'officer', name: '演示丙', role: 'officer', unitId: 'tiexi', title: '包保服务专员' },
  { login: 'officer2', name: '演示丁', role: 'officer', unitId: 'tiexi', title: '包保服务专员' },
  { login: 'leader', name: '演示戊', role: 'leader', unitId: 'tiexi', title: '分局领导' },
  { login: 'supervisor', name: '演示己', role: 'supervisor', unitId: 'approval', title: '行政审批处' },
  { login: 'clerk', name: '演示庚', role: 'clerk', unitId: 'approval', title: '信息员' },
  { login: 'admin', name: '演示辛', role: 'admin', unitId: 'serviceCenter', title: '系统管理员' },
  { login: 'expert', name: '演示壬', role: 'officer', unitId: 'expertGroup', title: '技术帮扶专家' },
  { login: 'enforcement', name: '演示癸', role: 'officer', unitId: 'enforcement', title: '执法联络员' },
  { login: 'enforcer', name: '演示子', role: 'enforcer', unitId: 'enforcement', title: '举报承办人' },
  { login: 'enforcer2', name: '演示丑', role: 'enforcer', unitId: 'enforcement', title: '举报承办人' },
  { login: 'rewardhandler', name: '演示寅', role: 'rewardHandler', unitId: 'enforcement', title: '奖励经办人' },
  { login: 'rewardapprover', name: '演示卯', role: 'rewardApprover', unitId: 'enforcement', title: '奖励审批人' },
  { login: 'rewardapprover2', name: '演示辰', role: 'rewardApprover', unitId: 'leaders', title: '奖励审批人' },
]

export const namedLogins: readonly string[] = [...members, ...named].map(({ login }) => login)

/** Offices that others ask for their view. */
const advising: Readonly<Record<string, string>> = { water: '水处', air: '大气处', soil: '土壤处', academy: '环科院' }

const shortNames: Readonly<Record<string, string>> = { kaifaqu: '开发区', branch15: '十五分局' }
const shortName = ({ id, name }: Unit) => shortNames[id] ?? name.replace('生态环境分局', '')

export function officials(branches: readonly Unit[]): Official[] {
  const of = (unitId: string, place: string, role: StaffRole, number: number, title: string, isDuty = false) => {
    const suffix = role === 'leader' ? '00' : String(number).padStart(2, '0')
    return { login: `${unitId}${suffix}`, name: `演示·${place}${suffix}`, role, unitId, title, isDuty }
  }
  const inBranches = branches.flatMap((unit) => [
    of(unit.id, shortName(unit), 'leader', 0, '分局领导'),
    ...[1, 2].map((number) => of(unit.id, shortName(unit), 'officer', number, '包保服务专员')),
  ])
  const all = [
    ...named.map((one) => ({ ...one, isDuty: false })),
    of('leaders', '局领导', 'supervisor', 1, '市局领导'),
    ...[1, 2].map((number) => of('approval', '审批', 'officer', number, '值班专员', true)),
    ...Object.entries(advising).map(([unitId, place]) => of(unitId, place, 'officer', 1, '会办专员')),
    // The named three are the branch of 铁西.
    ...inBranches.filter(({ unitId }) => unitId !== 'tiexi'),
    of('expertGroup', '专家组', 'officer', 1, '技术帮扶专家'),
    of('tiexiGuidance', '铁西指导组', 'officer', 1, '技术指导'),
    of('enforcement', '执法队', 'leader', 0, '支队负责人'),
  ]
  return all.map((one, index) => ({ ...one, phone: `1541000${String(index + 1).padStart(4, '0')}` }))
}

export const contactLogin = (index: number): string => `firm${String(index + 1).padStart(2, '0')}`
