/**
 * To whom a request goes: the rules in their order, as data over what is known. Pure.
 * 办理规则：有项目的归包保服务专员；没有的归属地分局，按类别、在办最少、空闲最久；再到行政审批处值班人员；都没有的进入市局待派池。
 */
import type { Category } from '../people/contract.js'

export interface Candidate {
  postId: string
  unitId: string
  /** The same person's other posts share it. */
  personKey: string
  handles: readonly string[] | null
  isDuty: boolean
  isAway: boolean
  /** Open cases in hand. */
  load: number
  /** The newest case given to the post; '' when none ever was. Ids grow with time. */
  lastCaseId: string
}

export interface Matter {
  category: Category
  projectOfficer: Candidate | null
  /** The branches of the matter's place, or else of the enterprise's. */
  branchIds: readonly string[]
  aboutUnitId: string | null
  /** The persons a complaint is kept from, and the units of the one it is about. */
  aboutPersonKeys: readonly string[]
  aboutPersonUnitIds: readonly string[]
  /** The asker's own posts: nobody answers themselves. */
  askerPostIds: readonly string[]
}

export interface Route {
  rule: 'project' | 'branch' | 'duty' | 'pool'
  unitId: string | null
  postId: string | null
}

export const APPROVAL_OFFICE = 'approval'

const rules: readonly [Route['rule'], (matter: Matter, roster: readonly Candidate[]) => Candidate | undefined][] = [
  // A complaint does not go to the very officer it may be about, though the project is theirs.
  ['project', ({ category, projectOfficer }) => (category === 'complaint' ? undefined : (projectOfficer ?? undefined))],
  [
    'branch',
    (matter, roster) =>
      leastLoaded(roster.filter((one) => matter.branchIds.includes(one.unitId) && handles(one, matter))),
  ],
  ['duty', (_, roster) => leastLoaded(roster.filter((one) => one.unitId === APPROVAL_OFFICE && one.isDuty))],
]

/** Never undefined: what no rule takes goes to the pool. */
export function route(matter: Matter, roster: readonly Candidate[]): Route {
  const isFree = (one: Candidate) =>
    one.unitId !== matter.aboutUnitId &&
    !matter.aboutPersonKeys.includes(one.personKey) &&
    !matter.aboutPersonUnitIds.includes(one.unitId) &&
    !matter.askerPostIds.includes(one.postId)
  const free = roster.filter(isFree)
  for (const [rule, choose] of rules) {
    const chosen = choose(matter, free)
    if (chosen && isFree(chosen)) return { rule, unitId: chosen.unitId, postId: chosen.postId }
  }
  return { rule: 'pool', unitId: null, postId: null }
}

const handles = ({ handles: own }: Candidate, { category }: Matter) => own === null || own.includes(category)

/** Present before away, least loaded first, longest idle next. */
export function leastLoaded(candidates: readonly Candidate[]): Candidate | undefined {
  return [...candidates].sort(
    (a, b) =>
      Number(a.isAway) - Number(b.isAway) ||
      a.load - b.load ||
      compare(a.lastCaseId, b.lastCaseId) ||
      compare(a.postId, b.postId),
  )[0]
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
