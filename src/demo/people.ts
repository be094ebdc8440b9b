/** The demonstration's people: the eight named WeChat users, the staff of every branch, 60 firms and their members. */
import { v7 as uuid } from 'uuid'
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { phoneHash } from '../encryption/lookup.js'
import { Absence } from '../people/absence.js'
import { Enterprise } from '../people/enterprise.js'
import { Membership } from '../people/membership.js'
import { newPerson } from '../people/newPerson.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import type { Ground, Seed } from '../database/seed.js'
import { demoOpenid } from '../wechat/sandbox/people.js'
import { actAs } from './act.js'
import { contactLogin, members, type Official, officials } from './names.js'
import { readFirms, readProjects } from './texts.js'

/** Everybody was there before the first case of the year. */
export const SETTLED_DAYS_AGO = 400
/** Members whom nobody has verified yet. */
const PENDING = 4

export const seedDemoPeople: Seed = {
  name: 'demo.people',
  isDemo: true,
  async lay(db, ground) {
    const at = instantAt(addDays(dateOf(ground.now), -SETTLED_DAYS_AGO), '09:00')
    actAs(db, ground, { verb: 'seed', at })
    await layStaff(db, ground, at)
    await layFirms(db, ground, at)
    await layAbsences(db, ground)
  },
}

async function layStaff(db: EntityManager, ground: Ground, at: Date): Promise<void> {
  const branches = await db.find(Unit, { where: { kind: 'branch' }, order: { id: 'ASC' } })
  for (const official of officials(branches)) await layOfficial(db, ground, official, at)
}

async function layOfficial(db: EntityManager, { keyring }: Ground, official: Official, at: Date): Promise<void> {
  const { login, name, phone, role, unitId, title, isDuty } = official
  const person = await newPerson(db, keyring, { openid: demoOpenid(login), name, phone }, at)
  await create(db, Post, {
    id: idAt(at),
    role,
    unitId,
    name,
    title,
    phoneHash: phoneHash(keyring.purposeKey('lookup'), phone),
    workPhone: `024-0000${phone.slice(-4)}`,
    personId: person.id,
    handles: null,
    isDuty,
    isActive: true,
  })
}

/** The contact of each firm is a verified member; for two of them that is a named user. */
async function layFirms(db: EntityManager, ground: Ground, at: Date): Promise<void> {
  const projects = readProjects(ground)
  const today = dateOf(ground.now)
  for (const [index, firm] of readFirms(ground).entries()) {
    const { name, creditCode, districtCode, contactName, contactPhone: phone } = firm
    const enterprise = await create(db, Enterprise, { id: idAt(at), creditCode, name, districtCode, createdAt: at })
    const own = members.find(({ projectNo }) => projects[projectNo - 1]?.creditCode === creditCode)
    const who = own ?? { login: contactLogin(index), name: contactName }
    await layMember(db, ground, { ...who, phone, enterpriseId: enterprise.id, state: 'verified' }, at)
    if (index >= PENDING) continue
    const askedAt = instantAt(addDays(today, -1 - index), '10:00')
    const visitor = { login: `visitor0${index + 1}`, name: `演示访客0${index + 1}`, phone: `1542000000${index + 1}` }
    await layMember(db, ground, { ...visitor, enterpriseId: enterprise.id, state: 'pending' }, askedAt)
  }
}

interface NewMember {
  login: string
  name: string
  phone: string
  enterpriseId: string
  state: Membership['state']
}

async function layMember(db: EntityManager, ground: Ground, member: NewMember, at: Date): Promise<void> {
  const { login, name, phone, enterpriseId, state } = member
  actAs(db, ground, { verb: 'seed', at })
  const person = await newPerson(db, ground.keyring, { openid: demoOpenid(login), name, phone }, at)
  const tie = { id: idAt(at), personId: person.id, enterpriseId, title: '环保专员', state }
  await create(db, Membership, { ...tie, createdAt: at, decidedByPostId: null })
}

/** Somebody is away from today on, somebody was last month; never one of the named. */
async function layAbsences(db: EntityManager, ground: Ground): Promise<void> {
  const today = dateOf(ground.now)
  const at = instantAt(addDays(today, -40), '15:00')
  actAs(db, ground, { verb: 'seed', at })
  const periods = [
    { unitId: 'yuhong', fromOn: today, toOn: addDays(today, 4) },
    { unitId: 'shenhe', fromOn: addDays(today, -32), toOn: addDays(today, -28) },
  ]
  for (const { unitId, fromOn, toOn } of periods) {
    const [away, other] = await db.find(Post, { where: { unitId, role: 'officer' }, order: { id: 'ASC' } })
    if (!away || !other) throw new Error(`${unitId} has no two officers`)
    const absence = { postId: away.id, standInPostId: other.id, fromOn, toOn, isCancelled: false }
    await create(db, Absence, { id: uuid(), ...absence })
  }
}
