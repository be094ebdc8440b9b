/** The people of a history and their cases, on data that the processes under test then work on. */
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { addDays, dateOf } from '../../src/calendar/dates.js'
import { create } from '../../src/audit/trail.js'
import { Membership } from '../../src/people/membership.js'
import { Post } from '../../src/people/post.js'
import { firm, project, write } from '../factories.js'
import { logIn, post } from '../faults/asking.js'
import { inside, officerPost } from '../faults/ground.js'
import { everybody, isOfTheFirm, isStaff, type StaffName, staffPosts, type Who } from './people.js'

export interface Cast {
  tokens: Record<Who, string>
  posts: Record<StaffName, { postId: string; name: string }>
  /** What the asker submits. */
  enterpriseId: string
  projectId: string
}

/** A service of its own writes them and ends; `env` says where the data is. */
export function castOn(env: Record<string, string>): Promise<Cast> {
  const now = () => new Date()
  return inside(env, now, async (service) => {
    const w = { service, now }
    const people = {} as Record<Who, Awaited<ReturnType<typeof logIn>>>
    for (const who of everybody) people[who] = await logIn(service.url, who)

    const posts = {} as Cast['posts']
    for (const [who, { role, unit }] of Object.entries(staffPosts) as [StaffName, (typeof staffPosts)[StaffName]][]) {
      const { personId } = people[who]
      const values = { ...officerPost(personId), role, unitId: unit, name: `演示${who}`, phoneHash: `of-${who}` }
      const { id, name } = await write(w, (db) => create(db, Post, values))
      posts[who] = { postId: id, name }
    }
    const today = dateOf(now())
    const standIn = { standInPostId: posts.standIn.postId, fromOn: today, toOn: addDays(today, 7) }
    const away = { postId: posts.officer.postId, ...standIn }
    const authorization = { Authorization: `Bearer ${people.officer.token}` }
    const { status, body } = await post(service.url, 'staff.setAbsence', away, authorization)
    if (status !== 200) throw new Error(`staff.setAbsence: ${status} ${JSON.stringify(body)}`)

    const enterpriseId = (await firm(w)).id
    const elsewhere = (await firm(w)).id
    for (const who of everybody) {
      if (isStaff(who)) continue
      const membership = { id: uuid(), enterpriseId: isOfTheFirm(who) ? enterpriseId : elsewhere, title: null }
      const state = { state: 'verified' as const, createdAt: now(), decidedByPostId: null }
      const { personId } = people[who]
      await write(w, (db) => create(db, Membership, { ...membership, ...state, personId }))
    }
    const projectId = (await project(w, { enterpriseId, officerPostId: posts.officer.postId })).id
    const tokens = Object.fromEntries(everybody.map((who) => [who, people[who].token])) as Cast['tokens']
    return { tokens, posts, enterpriseId, projectId }
  })
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
