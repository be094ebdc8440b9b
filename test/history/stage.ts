/** The people of a history and their cases, on data that the processes under test then work on. */
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { addDays, dateOf } from '../../src/calendar/dates.js'
import { firm, member, project, staff } from '../factories.js'
import { world } from '../world.js'
import { everybody, isStaff, type StaffName, staffPosts, type Who } from './people.js'

export interface Cast {
  tokens: Record<Who, string>
  posts: Record<StaffName, { postId: string; name: string }>
  /** What the asker submits. */
  enterpriseId: string
  projectId: string
}

/** A service of its own writes them and ends; `env` says where the data is. */
export async function castOn(env: Record<string, string>): Promise<Cast> {
  const w = await world('embedded', { at: new Date().toISOString(), env })
  try {
    const unitId = 'tiexi'
    const posts = {} as Record<StaffName, Awaited<ReturnType<typeof staff>>>
    for (const [name, { role, unit }] of Object.entries(staffPosts)) {
      posts[name as StaffName] = await staff(w, { role, unitId: unit })
    }
    const { officer, standIn } = posts
    const today = dateOf(w.now())
    const away = { postId: officer.postId, standInPostId: standIn.postId, fromOn: today, toOn: addDays(today, 7) }
    await officer.caller.call('staff.setAbsence', away)
    const enterpriseId = (await firm(w)).id
    const projectId = (await project(w, { enterpriseId, unitId, officerPostId: officer.postId })).id
    const callers = {
      asker: await member(w, enterpriseId),
      partner: await member(w, enterpriseId),
      stranger: await member(w, (await firm(w)).id),
    }
    const tokenOf = (who: Who) => (isStaff(who) ? posts[who].caller : callers[who as keyof typeof callers]).token ?? ''
    const tokens = Object.fromEntries(everybody.map((who) => [who, tokenOf(who)])) as Record<Who, string>
    return { tokens, posts, enterpriseId, projectId }
  } finally {
    await w.stop()
  }
}

/** Another key for each request that is to be told apart. */
export const newKey = () => uuid()

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

/** Whether somebody was urged counts by the day: a history is recorded within one. */
export async function withinOneDay(seconds: number): Promise<void> {
  const left = DAY_MS - ((Date.now() + SHANGHAI_MS) % DAY_MS)
  if (left < seconds * 1000) await delay(left + 1000)
}
