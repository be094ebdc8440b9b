/** The weekly list of projects under care: the facts of a week gathered, and each project's standing read from them. */
import type { EntityManager } from 'typeorm'
import { In, IsNull } from 'typeorm'
import { addDays, dateOf } from '../calendar/dates.js'
import { rowsBy } from '../database/rows.js'
import type { Output } from '../contract.js'
import type { Knowledge } from '../house.js'
import { among, conditionsOf } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { byId, enterpriseView } from '../people/view.js'
import { isUnderCare } from '../projects/care.js'
import { Project } from '../projects/project.js'
import { stageTitle } from '../projects/stages.js'
import { projectScopes } from '../projects/target.js'
import type { VisitState } from './states.js'
import { Visit } from './visit.js'
import { VisitPause } from './visitPause.js'
import {
  daysOf,
  isOffered,
  type WeekPause,
  type WeekReading,
  type WeekStatus,
  type WeekVisit,
  weekStatus,
} from './weeks.js'

type Item = Output<'visit.due'>['items'][number]

interface Asked {
  /** Monday. */
  week: string
  grants: Grant[]
  unitId?: string | undefined
  officerPostId?: string | undefined
  status?: WeekStatus | undefined
  /** The project after which the page begins. */
  after?: string | undefined
  limit: number
}

/** How many projects are read at once while looking for those of a status. */
const BATCH = 200

/** A page of the list, and the project at its end where more follow. */
export async function duePage(db: EntityManager, know: Knowledge, asked: Asked) {
  const found: { project: Project; reading: WeekReading }[] = []
  for (let after = asked.after ?? ''; found.length <= asked.limit; ) {
    const projects = await underCare(db, { ...asked, after, limit: BATCH })
    const readings = await weekReadings(db, know, projects, asked.week)
    for (const project of projects) {
      const reading = readings.get(project.id) as WeekReading
      if (asked.status === undefined || reading.status === asked.status) found.push({ project, reading })
    }
    if (projects.length < BATCH) break
    after = projects.at(-1)?.id ?? ''
  }
  const page = found.slice(0, asked.limit)
  return {
    items: await dueItems(db, page),
    last: found.length > asked.limit ? page.at(-1)?.project.id : undefined,
  }
}

async function dueItems(db: EntityManager, page: { project: Project; reading: WeekReading }[]): Promise<Item[]> {
  const firms = await byId(
    db,
    Enterprise,
    page.map(({ project }) => project.enterpriseId),
  )
  const posts = await byId(
    db,
    Post,
    page.map(({ project }) => project.officerPostId),
  )
  const visits = await byId(
    db,
    Visit,
    page.map(({ reading }) => reading.visitId),
  )
  return page.map(({ project, reading }) => {
    const firm = firms.get(project.enterpriseId ?? '')
    const officer = posts.get(project.officerPostId ?? '')
    const visit = visits.get(reading.visitId ?? '')
    return {
      project: { id: project.id, name: project.name },
      enterprise: firm ? enterpriseView(firm) : null,
      officer: officer ? { postId: officer.id, name: officer.name } : null,
      status: reading.status,
      reason: reading.reason,
      isOffered: isOffered(reading.status),
      visitId: reading.visitId,
      plannedOn: visit?.plannedOn ?? null,
      plannedTime: visit?.plannedTime ?? null,
    }
  })
}

type Reach = Omit<Asked, 'grants' | 'status'> & { grants?: Grant[] }

/** Projects under care on some day of the week, in the order of their ids; everybody's without grants. */
export async function underCare(
  db: EntityManager,
  { week, grants, unitId, officerPostId, after = '', limit }: Reach,
): Promise<Project[]> {
  const reach = grants === undefined ? [{ sql: '1 = 1', params: [] }] : conditionsOf(grants, projectScopes)
  const filters = [
    { sql: '(p.careEndedOn IS NULL OR p.careEndedOn >= ?)', params: [week] },
    { sql: 'p.id > ?', params: [after] },
    { sql: `(${['1 = 0', ...reach.map(({ sql }) => sql)].join(' OR ')})`, params: reach.flatMap((one) => one.params) },
    ...(unitId === undefined ? [] : [{ sql: 'p.unitId = ?', params: [unitId] }]),
    ...(officerPostId === undefined ? [] : [{ sql: 'p.officerPostId = ?', params: [officerPostId] }]),
  ]
  const rows = (await db.query(
    `SELECT p.id FROM project p WHERE ${filters.map(({ sql }) => sql).join(' AND ')} ORDER BY p.id LIMIT ${limit}`,
    filters.flatMap(({ params }) => params),
  )) as { id: string }[]
  return rowsBy(db, Project, { id: rows.map((row) => row.id) }, { order: 'id' })
}

/** No offer is held further from its week than this. */
const NEAR_DAYS = 130

/** Where each project stands in the week. */
export async function weekReadings(
  db: EntityManager,
  know: Knowledge,
  projects: readonly Project[],
  week: string,
): Promise<Map<string, WeekReading>> {
  if (projects.length === 0) return new Map()
  const projectIds = projects.map((project) => project.id)
  const firmIds = [...new Set(projects.flatMap((project) => project.enterpriseId ?? []))]
  const near = [addDays(week, -NEAR_DAYS), addDays(week, NEAR_DAYS)]
  const ofProjects = among('v.projectId', projectIds)
  const own = (await db.query(
    `SELECT v.id, v.projectId, v.state, v.week, v.onDate FROM visit v
     WHERE ${ofProjects.sql} AND v.onDate >= ? AND v.onDate <= ?`,
    [...ofProjects.params, ...near],
  )) as (WeekVisit & { projectId: string })[]
  // A visit to the firm itself, or through its park, serves each of its projects.
  const ofFirms = among('f.enterpriseId', firmIds)
  const general = (await db.query(
    `SELECT v.id, f.enterpriseId, f.state, v.week, f.onDate FROM visit_enterprise f JOIN visit v ON v.id = f.visitId
     WHERE ${ofFirms.sql} AND f.onDate >= ? AND f.onDate <= ? AND v.projectId IS NULL`,
    [...ofFirms.params, ...near],
  )) as (WeekVisit & { enterpriseId: string; state: VisitState })[]
  const pauses = await db.find(VisitPause, {
    where: [{ projectId: In(projectIds) }, { enterpriseId: In(firmIds), projectId: IsNull() }],
    order: { id: 'ASC' },
  })
  const workdays = daysOf(week).filter((day) => know.calendar.isWorkday(day))
  return new Map(
    projects.map((project) => {
      const bearsOn = (pause: WeekPause & Pick<VisitPause, 'projectId' | 'enterpriseId'>) =>
        pause.projectId === null ? pause.enterpriseId === project.enterpriseId : pause.projectId === project.id
      const reading = weekStatus({
        week,
        workdays,
        exemption: exemptionOf(project, workdays.at(-1) ?? week),
        visits: [
          ...own.filter((visit) => visit.projectId === project.id),
          ...general.filter((visit) => visit.enterpriseId === project.enterpriseId),
        ],
        pauses: pauses.filter(bearsOn),
      })
      return [project.id, reading]
    }),
  )
}

/** 包保至环评服务结束: why a project needs no offer in the week that ends with this working day. */
function exemptionOf(project: Project, lastWorkday: string): string | null {
  if (!isUnderCare(project, lastWorkday)) return `${stageTitle(project.stage)}，包保已经结束`
  if (project.stage === 'suspended') return '项目暂缓'
  return dateOf(project.createdAt) > lastWorkday ? '这一周还没有列入台账' : null
}
