/** Whose figures an actor may see: a leader those of the branch, a supervisor all. */
import { notAbout } from '../cases/accused.js'
import { rectificationScopes } from '../cases/rectificationTarget.js'
import { caseScopes } from '../cases/target.js'
import { among, type Condition, conditionsOf } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { Problem } from '../problem.js'

export interface Reach {
  /** Null: every unit, and what belongs to none yet. */
  unitIds: readonly string[] | null
  /** Cases as `c`, as the lists show them. */
  cases: Condition
  /** Rectifications as `r`, as theirs. */
  rectifications: Condition
  /** Lines of the register of refusals as `j`, as theirs. */
  rejections: Condition
  /** Complaints about these are kept from the reader. */
  about: { aboutPostId: readonly string[]; aboutUnitId: readonly string[] }
  /** What `case.list` is asked for, so that it shows the same cases. */
  listed: { scope: 'unit' | 'all'; unitId?: string }
}

/** The whole city's, whoever asks. */
export const ofEverything: Reach = {
  unitIds: null,
  cases: { sql: '1 = 1', params: [] },
  rectifications: { sql: '1 = 1', params: [] },
  rejections: { sql: '1 = 1', params: [] },
  about: { aboutPostId: [], aboutUnitId: [] },
  listed: { scope: 'all' },
}

/** @throws Problem forbidden, when the unit asked for is not the actor's to see */
export function reachOf(grants: readonly Grant[], unitId?: string): Reach {
  const seesAll = grants.some((grant) => grant.scope === 'all')
  const own = [...new Set(grants.flatMap((grant) => grant.unitId ?? []))]
  if (unitId !== undefined && !seesAll && !own.includes(unitId)) {
    throw new Problem('forbidden', { title: '只能看本分局的数据' })
  }
  const unitIds = unitId !== undefined ? [unitId] : seesAll ? null : own
  const [only] = unitIds?.length === 1 ? unitIds : []
  const within = (table: string, reach: Condition): Condition => {
    const units = unitIds === null ? { sql: '1 = 1', params: [] } : among(`${table}.unitId`, unitIds)
    return { sql: `${reach.sql} AND ${units.sql}`, params: [...reach.params, ...units.params] }
  }
  return {
    unitIds,
    cases: within('c', either(conditionsOf([...grants], caseScopes))),
    rectifications: within('r', either(conditionsOf([...grants], rectificationScopes))),
    rejections: within('j', grants[0] ? notAbout(grants[0], 'j.caseId') : { sql: '1 = 1', params: [] }),
    about: {
      aboutPostId: [...new Set(grants.flatMap((grant) => grant.ownPostIds))],
      aboutUnitId: [...new Set(grants.flatMap((grant) => grant.ownUnitIds))],
    },
    listed: { scope: seesAll ? 'all' : 'unit', ...(only === undefined ? {} : { unitId: only }) },
  }
}

const either = (conditions: readonly Condition[]): Condition => ({
  sql: `(${['1 = 0', ...conditions.map(({ sql }) => `(${sql})`)].join(' OR ')})`,
  params: conditions.flatMap(({ params }) => params),
})

/** The reach over a table whose rows name their unit in `column`. */
export const ofUnits = (reach: Reach, column: string): Condition =>
  reach.unitIds === null ? { sql: '1 = 1', params: [] } : among(column, reach.unitIds)
