/** One caller of every role in a world with something in it, and a count of all that a request could have changed. */
import type { Verb } from '../../src/contract.js'
import { type Role, roles } from '../../src/people/roles.js'
import { type Line, policy } from '../../src/policy.js'
import { firm, member, project, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

export interface Crowd {
  w: World
  callers: Record<Role, Caller>
  /** Ids of rows that exist, of every table. */
  ids(): Promise<string[]>
  /** Rows by table. */
  counts(): Promise<Record<string, number>>
  /** Somebody whose role is in the verb's line. */
  allowed(verb: Verb): Caller
}

export async function crowd(database: string): Promise<Crowd> {
  const w = await world(database)
  const enterprise = await firm(w)
  const [officer, leader, supervisor, clerk, admin, enforcer, rewardHandler, rewardApprover] = [
    await staff(w, { role: 'officer', unitId: 'tiexi' }),
    await staff(w, { role: 'leader', unitId: 'tiexi' }),
    await staff(w, { role: 'supervisor', unitId: 'approval' }),
    await staff(w, { role: 'clerk', unitId: 'approval' }),
    await staff(w, { role: 'admin', unitId: 'approval' }),
    await staff(w, { role: 'enforcer', unitId: 'enforcement' }),
    await staff(w, { role: 'rewardHandler', unitId: 'enforcement' }),
    await staff(w, { role: 'rewardApprover', unitId: 'enforcement' }),
  ]
  const callers: Record<Role, Caller> = {
    anyone: w.nobody,
    enterprise: await member(w, enterprise.id),
    officer: officer.caller,
    leader: leader.caller,
    supervisor: supervisor.caller,
    clerk: clerk.caller,
    admin: admin.caller,
    enforcer: enforcer.caller,
    rewardHandler: rewardHandler.caller,
    rewardApprover: rewardApprover.caller,
  }
  const officerPostId = officer.postId
  await project(w, { enterpriseId: enterprise.id, officerPostId, districtCode: '210106', unitId: 'tiexi' })
  await callers.enterprise.call('case.submit', {
    category: 'procedure',
    title: '报告表要准备什么',
    text: '我们要新上一条喷漆线，请问要准备哪些材料？',
    enterpriseId: enterprise.id,
    fileIds: [],
  })
  await w.drainJobs()
  const { ds } = w.service.house
  const tables = ds.entityMetadatas.map(({ tableName }) => tableName)
  return {
    w,
    callers,
    async ids() {
      const found: string[] = []
      for (const { tableName, columns } of ds.entityMetadatas) {
        if (!columns.some(({ propertyName }) => propertyName === 'id')) continue
        const rows = (await ds.query(`SELECT id FROM ${tableName} ORDER BY id DESC LIMIT 4`)) as { id: string }[]
        found.push(...rows.map(({ id }) => id))
      }
      return found
    },
    async counts() {
      const all: Record<string, number> = {}
      for (const table of tables) {
        const [{ n }] = await ds.query(`SELECT COUNT(*) AS n FROM ${table}`)
        all[table] = Number(n)
      }
      return all
    },
    allowed(verb) {
      const line: Line = policy[verb]
      const role = roles.find((one) => line[one] !== undefined)
      if (role === undefined) throw new Error(`nobody may ${verb}`)
      return callers[role]
    },
  }
}
