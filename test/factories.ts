/** People, firms and posts for tests, one line each, written as the service itself would. */
import { v7 as uuid } from 'uuid'
import { beginAct } from '../src/audit/act.js'
import { change, create } from '../src/audit/trail.js'
import { transact } from '../src/database/transaction.js'
import { phoneHash } from '../src/encryption/lookup.js'
import { checkCharacter } from '../src/people/creditCode.js'
import { Enterprise } from '../src/people/enterprise.js'
import { Membership } from '../src/people/membership.js'
import { Post } from '../src/people/post.js'
import type { StaffRole } from '../src/people/roles.js'
import { keptOf } from '../src/projects/approvalRow.js'
import { blankProject } from '../src/projects/ledger.js'
import { Project } from '../src/projects/project.js'
import { ProjectStage } from '../src/projects/projectStage.js'
import { dateOf } from '../src/calendar/dates.js'
import type { EntityManager } from 'typeorm'
import type { Caller, World } from './world.js'

let count = 0
const serial = () => String(++count).padStart(4, '0')

/** Where rows are written. */
type Written = Pick<World, 'service' | 'now'>
/** And where people log in. */
export type Peopled = Written & Pick<World, 'as'>

/** Runs work as the test itself, inside a transaction with a trail. */
export function write<T>(w: Written, work: (db: EntityManager) => Promise<T>): Promise<T> {
  const { ds, know } = w.service.house
  return transact(ds, (db) => {
    const auditKey = know.keyring.purposeKey('audit')
    beginAct(db, { verb: 'test', personId: null, postId: null, now: w.now(), auditKey, revised: new Set() })
    return work(db)
  })
}

export interface StaffMember {
  caller: Caller
  postId: string
  personId: string
  name: string
}

/** Somebody with a post, logged in. `as` gives an existing WeChat user another post. */
export async function staff(
  w: Peopled,
  { role, unitId, as, ...fields }: { role: StaffRole; unitId: string; as?: string } & Partial<Post>,
): Promise<StaffMember> {
  const n = serial()
  const name = fields.name ?? `演示${n}`
  const caller = await w.as(as ?? `staff-${n}`)
  const { id: personId } = await caller.call('session.me', {})
  const post = await write(w, (db) =>
    create(db, Post, {
      id: uuid(),
      role,
      unitId,
      name,
      title: null,
      workPhone: `024-0000${n}`,
      handles: null,
      isDuty: false,
      isActive: true,
      phoneHash: phoneHash(w.service.house.know.keyring.purposeKey('lookup'), `1540001${n}`),
      personId,
      ...fields,
    }),
  )
  return { caller, postId: post.id, personId, name }
}

export async function firm(w: Written, fields: Partial<Enterprise> = {}): Promise<Enterprise> {
  const first17 = `91210100TEXT0${serial()}`
  return write(w, (db) =>
    create(db, Enterprise, {
      id: uuid(),
      creditCode: first17 + checkCharacter(first17),
      name: `测试·第${count}号有限公司`,
      districtCode: '210106',
      createdAt: w.now(),
      ...fields,
    }),
  )
}

/** A member of a firm, logged in; verified unless told otherwise. */
export async function member(
  w: World,
  enterpriseId: string,
  name = `member-${serial()}`,
  state: Membership['state'] = 'verified',
): Promise<Caller> {
  const caller = await w.as(name)
  const { id: personId } = await caller.call('session.me', {})
  await write(w, async (db) => {
    const before = await db.findOneBy(Membership, { personId, enterpriseId })
    if (before) return change(db, Membership, before, { state })
    const values = { id: uuid(), personId, enterpriseId, title: null, state, createdAt: w.now(), decidedByPostId: null }
    return create(db, Membership, values)
  })
  return caller
}

/** A line of the ledger: a form (报告表) in 铁西区 that is being drafted, unless told otherwise. */
export async function project(w: Written, fields: Partial<Project> = {}): Promise<Project> {
  const now = w.now()
  const id = uuid()
  const line = {
    ...blankProject,
    id,
    book: 'local' as const,
    name: `测试·第${serial()}号项目`,
    builderName: '测试·建设单位',
    districtCode: '210106',
    unitId: 'tiexi',
    documentType: 'form' as const,
    careLevel: 'own' as const,
    stage: 'drafting' as const,
    stageOn: dateOf(now),
    careEndedOn: null,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }
  return write(w, async (db) => {
    const { stage, stageOn } = line
    const step = { id: uuid(), projectId: id, stage, stageOn, isBack: false, note: null, movedByPostId: null, at: now }
    const kept = keptOf(line, [step], w.service.house.know, now)
    const row = await create(db, Project, { ...line, ...kept, ...fields })
    await db.insert(ProjectStage, step)
    return row
  })
}
