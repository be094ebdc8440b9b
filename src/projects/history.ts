/** A project's history, read from the trail: who changed which column, when, and from what to what. */
import { type EntityManager, LessThan } from 'typeorm'
import { AuditEntry } from '../audit/auditEntry.js'
import type { Changes } from '../audit/trail.js'
import { toWireInstant } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import type { Knowledge } from '../house.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { opener, personalNames, projectPersonal } from './personal.js'
import { Project } from './project.js'
import { ProjectIssue } from './projectIssue.js'
import { stageTitle, type Stage } from './stages.js'
import { columnTitles, eventTitles } from './titles.js'
import { inWan, postName } from './view.js'

type Line = Output<'project.history'>['items'][number]
type Plain = Line['changes'][number]['from']

const titles: Readonly<Record<string, string>> = { ...columnTitles, ...eventTitles }

/** Columns and events that hold the id of a post, and those that hold the id of an issue. */
const posts = ['officerPostId', 'branchLeaderPostId', 'cityLeaderPostId']
const events = Object.keys(eventTitles)

/** The newest first; one entry more than `limit`, so that the page knows whether there is another. */
export async function historyPage(
  db: EntityManager,
  know: Knowledge,
  project: Project,
  before: number | undefined,
  limit: number,
): Promise<{ entries: AuditEntry[]; views: Line[] }> {
  const entries = await db.find(AuditEntry, {
    where: {
      subjectKind: Project.trail.kind,
      subjectId: project.id,
      ...(before === undefined ? {} : { seq: LessThan(before) }),
    },
    order: { seq: 'DESC' },
    take: limit + 1,
  })
  const changes = entries.map((entry) => Object.entries(JSON.parse(entry.changes) as Changes))
  const named = (fields: readonly string[]) =>
    changes.flat().flatMap(([field, pair]) => (fields.includes(field) ? (pair as (string | null)[]) : []))
  const people = await byId(db, Post, [...entries.map((entry) => entry.postId), ...named(posts)])
  const units = await byId(db, Unit, named(['unitId']))
  const firms = await byId(db, Enterprise, named(['enterpriseId']))
  const issues = await byId(db, ProjectIssue, named(events))
  const openSealed = await opener(db, know.keyring, project.id)

  const readers: Record<string, (value: string) => Plain> = {
    unitId: (id) => units.get(id)?.name ?? id,
    enterpriseId: (id) => firms.get(id)?.name ?? id,
    stage: (stage) => stageTitle(stage as Stage),
    ...Object.fromEntries(posts.map((field) => [field, (id: string) => people.get(id)?.name ?? id])),
    ...Object.fromEntries(events.map((field) => [field, (id: string) => issues.get(id)?.text ?? id])),
    ...Object.fromEntries(
      personalNames.map((name) => [projectPersonal[name].column, (sealed: string) => openSealed(name, sealed, true)]),
    ),
  }
  const read = (field: string, value: unknown): Plain => {
    if (field === 'investmentHundreds' || field === 'environmentalInvestmentHundreds') {
      return inWan(value as number | null)
    }
    const reader = readers[field]
    return value === null || reader === undefined ? (value as Plain) : reader(value as string)
  }
  const views = entries.map((entry, index) => ({
    at: toWireInstant(entry.at),
    verb: entry.verb,
    by: postName(people, entry.postId),
    changes: (changes[index] ?? []).flatMap(([field, [from, to]]) => {
      const title = titles[field]
      return title === undefined ? [] : [{ field, title, from: read(field, from), to: read(field, to) }]
    }),
  }))
  return { entries, views }
}
