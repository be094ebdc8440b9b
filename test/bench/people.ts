/** Those who ask and answer in the benchmarks: logged in over HTTP, then given their firms, projects and posts. */
import type { DataSource } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { checkCharacter } from '../../src/people/creditCode.js'
import { Enterprise } from '../../src/people/enterprise.js'
import { Membership } from '../../src/people/membership.js'
import { Post } from '../../src/people/post.js'
import { blankProject } from '../../src/projects/ledger.js'
import { Project } from '../../src/projects/project.js'
import type { StaffRole } from '../../src/people/roles.js'

export interface Someone {
  token: string
  personId: string
}

export interface Firm {
  id: string
  projectId: string
  officer: Officer
  member: Someone | undefined
}

export interface Officer {
  postId: string
  /** Of those who have logged in. */
  token: string | undefined
  unitId: string
  districtCode: string
}

export interface People {
  members: Someone[]
  officers: Someone[]
  leaders: Someone[]
  supervisor: Someone
}

/** Everybody whom the cases are about. */
export interface Town {
  firms: Firm[]
  officers: Officer[]
}

const FIRMS = 300
const OFFICERS_IN_A_BRANCH = 4
const untracked = { version: 1, auditHead: '' }

export async function logIn(url: string): Promise<People> {
  const several = async (kind: string, count: number) => {
    const people: Someone[] = []
    for (let n = 0; n < count; n += 1) people.push(await one(url, `${kind}${n}`))
    return people
  }
  const members = await several('bench-member-', 32)
  const officers = await several('bench-officer-', 8)
  const leaders = await several('bench-leader-', 4)
  return { members, officers, leaders, supervisor: await one(url, 'bench-supervisor') }
}

async function one(url: string, name: string): Promise<Someone> {
  const response = await fetch(`${url}/api/session.login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: `demo:${name}` }),
  })
  const answer = (await response.json()) as { token: string; me: { id: string } }
  if (response.status !== 200) throw new Error(`session.login: ${response.status}`)
  return { token: answer.token, personId: answer.me.id }
}

/** Firms with their projects, and a roster of four officers and a leader in each branch. */
export async function settle(ds: DataSource, people: People): Promise<Town> {
  const branches = (await ds.query(`SELECT id, districtCodes FROM unit WHERE kind = 'branch' ORDER BY id`)) as {
    id: string
    districtCodes: string
  }[]
  const placed = branches.map(({ id, districtCodes }) => ({
    unitId: id,
    districtCode: (JSON.parse(districtCodes) as string[])[0] ?? '210102',
  }))
  const now = new Date()
  const posts: Post[] = []
  const post = (role: StaffRole, unitId: string, personId: string | undefined) => {
    const n = posts.length
    const name = `演示${n}`
    const fields = { title: null, workPhone: null, handles: null, isDuty: false, isActive: true }
    const row = { id: uuid(), role, unitId, name, phoneHash: `bench-${n}`, personId: personId ?? null, ...fields }
    posts.push({ ...row, ...untracked })
    return row.id
  }
  const officers = Array.from({ length: OFFICERS_IN_A_BRANCH }, () => placed)
    .flat()
    .map((place, n): Officer => {
      const who = people.officers[n]
      return { ...place, token: who?.token, postId: post('officer', place.unitId, who?.personId) }
    })
  for (const [n, { unitId }] of placed.entries()) post('leader', unitId, people.leaders[n]?.personId)
  post('supervisor', 'approval', people.supervisor.personId)

  const firms = Array.from({ length: FIRMS }, (_, n): Firm => {
    const officer = officers[n % officers.length] as Officer
    return { id: uuid(), projectId: uuid(), officer, member: people.members[n] }
  })
  await ds.manager.insert(Post, posts)
  await ds.manager.insert(
    Enterprise,
    firms.map(({ id, officer }, n) => {
      const first17 = `91210100BENCH${String(n).padStart(4, '0')}`
      const creditCode = first17 + checkCharacter(first17)
      const { districtCode } = officer
      return { id, creditCode, name: `测试·第${n}号有限公司`, districtCode, createdAt: now, ...untracked }
    }),
  )
  await ds.manager.insert(
    Project,
    firms.map(({ id, projectId, officer }, n) => ({
      ...blankProject,
      id: projectId,
      book: 'local' as const,
      name: `测试·第${n}号项目`,
      builderName: '测试·建设单位',
      enterpriseId: id,
      districtCode: officer.districtCode,
      unitId: officer.unitId,
      officerPostId: officer.postId,
      documentType: 'form' as const,
      careLevel: 'own' as const,
      stage: 'drafting' as const,
      stageOn: now.toISOString().slice(0, 10),
      careEndedOn: null,
      createdAt: now,
      updatedAt: now,
      ...untracked,
    })),
  )
  await ds.manager.insert(
    Membership,
    firms.flatMap(({ id, member }) =>
      member
        ? [
            {
              id: uuid(),
              personId: member.personId,
              enterpriseId: id,
              title: null,
              state: 'verified' as const,
              createdAt: now,
              decidedByPostId: null,
              ...untracked,
            },
          ]
        : [],
    ),
  )
  return { firms, officers }
}
