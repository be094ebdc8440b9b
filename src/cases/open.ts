/** A new case: routed, given its number and its due date, and written with the first line of its timeline. */
import type { EntityManager } from 'typeorm'
import { type Changes, create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { insertWhole } from '../database/insert.js'
import { rowBy, rowsBy } from '../database/rows.js'
import { isDuplicate } from '../database/transaction.js'
import { attachFiles } from '../files/attach.js'
import type { Category } from '../people/contract.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { Project } from '../projects/project.js'
import { accusedOf, isAccused } from './accused.js'
import { CaseEntry } from './caseEntry.js'
import { kept, type Rules } from './clock.js'
import { HelpCase, type Review, type StoredClockEvent } from './helpCase.js'
import { numberOn } from '../words/number.js'
import { candidatesOf, weigh } from './roster.js'
import type { CaseSource } from './sources.js'
import { APPROVAL_OFFICE, leastLoaded, type Route, route } from './routing.js'

export interface Draft {
  source: CaseSource
  category: Category
  title: string
  text: string
  enterpriseId: string | null
  projectId: string | null
  guideId: string | null
  districtCode: string | null
  visitId: string | null
  createdBy: string | null
  aboutUnitId?: string | null
  aboutPostId?: string | null
  /** Set where the post that found the matter speaks for the enterprise. */
  postId?: string | null
  review?: Review
  /** Where the asker is an official too: their posts. */
  askerPostIds?: readonly string[]
  /** The asker's own uploads. */
  fileIds?: readonly string[]
  /** The row of `projectId`, where the caller has read it. */
  project?: Project | null
}

const NUMBER_TRIES = 5

/** Writes the case inside the caller's transaction; the trail names the caller's verb. */
export async function openCase(db: EntityManager, know: Rules, now: Date, draft: Draft): Promise<HelpCase> {
  return (await openWithEntry(db, know, now, draft)).row
}

/** The case, and the one line that its timeline begins with. */
export async function openWithEntry(
  db: EntityManager,
  know: Rules,
  now: Date,
  draft: Draft,
): Promise<{ row: HelpCase; entry: CaseEntry }> {
  const today = dateOf(now)
  const aboutUnitId = draft.aboutUnitId ?? null
  const aboutPostId = draft.aboutPostId ?? null
  const { postId, unitId } = await findRoute(db, { ...draft, aboutUnitId, aboutPostId }, today, draft.project)
  const clock: StoredClockEvent[] = [{ kind: 'start', at: now.toISOString() }]
  const allowedWorkdays = know.deadlines.handle[draft.category].workdays
  const { postId: byPost, review = 'pending', fileIds = [], askerPostIds: _posts, project: _, ...given } = draft
  const values = {
    ...given,
    aboutUnitId,
    aboutPostId,
    id: idAt(now),
    state: 'assigned' as const,
    review,
    createdAt: now,
    createdOn: today,
    unitId,
    officerPostId: postId,
    round: 1,
    clock,
    allowedWorkdays,
    ...kept({ clock, allowedWorkdays }, know, now),
    signDueOn: know.calendar.workdayAfter(today, know.deadlines.sign.workdays),
    ...nothingYet,
  }
  const entryId = idAt(now)
  const row = await numbered(db, today, values, { entry: [null, { id: entryId, text: null }] })
  const entry: CaseEntry = {
    id: entryId,
    caseId: row.id,
    verb: 'case.submit',
    at: now,
    personId: draft.createdBy,
    postId: byPost ?? null,
    text: null,
    review,
  }
  await insertWhole(db, CaseEntry, [entry])
  const { createdBy } = draft
  const owner = { ownerKind: 'case' as const, ownerId: row.id, entryId }
  await attachFiles(db, { fileIds, personId: createdBy ?? '', isStaff: false, ...owner })
  return { row, entry }
}

/** The fields of a round in which nothing has happened. */
export const nothingYet = {
  signedAt: null,
  answeredAt: null,
  answeredOn: null,
  answeredByPostId: null,
  usedWorkdays: null,
  isInTime: null,
  closesOn: null,
  closedAt: null,
  closedOn: null,
  urgedOn: null,
  extensions: 0,
  pendingExtension: null,
  pendingDecline: null,
  rating: null,
}

async function numbered(
  db: EntityManager,
  today: string,
  values: Omit<HelpCase, 'number' | 'version' | 'auditHead' | 'shares' | 'takenFrom'>,
  also: Changes,
): Promise<HelpCase> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create(db, HelpCase, { ...values, number: numberOn('QZ', today) }, also)
    } catch (error) {
      if (!isDuplicate(error) || attempt === NUMBER_TRIES) throw error
    }
  }
}

type Placed = Pick<HelpCase, 'projectId' | 'districtCode' | 'enterpriseId' | 'aboutUnitId' | 'aboutPostId'> & {
  category: Category
  askerPostIds?: readonly string[]
}

/** Reads only what the next rule needs: most cases have a project, and end at the first. */
export async function findRoute(
  db: EntityManager,
  matter: Placed,
  today: string,
  known?: Project | null,
): Promise<Route> {
  const { projectId } = matter
  const project = known ?? (projectId === null ? null : await rowBy(db, Project, { id: projectId }))
  const officer = project?.officerPostId ? await rowBy(db, Post, { id: project.officerPostId, isActive: true }) : null
  const accused = await accusedOf(db, matter)
  const facts = {
    category: matter.category,
    projectOfficer: officer && idle(officer),
    branchIds: [] as string[],
    aboutUnitId: matter.aboutUnitId,
    aboutPersonKeys: accused.personKeys,
    aboutPersonUnitIds: accused.personUnitIds,
    askerPostIds: matter.askerPostIds ?? [],
  }
  const first = route(facts, [])
  if (first.rule === 'project') return first
  const firm = matter.enterpriseId === null ? null : await rowBy(db, Enterprise, { id: matter.enterpriseId })
  const district = matter.districtCode ?? project?.districtCode ?? firm?.districtCode ?? null
  if (district !== null) {
    const branches = await rowsBy(db, Unit, { kind: 'branch' })
    facts.branchIds = branches.filter((unit) => unit.districtCodes.includes(district)).map((unit) => unit.id)
  }
  return route(facts, await candidatesOf(db, [...facts.branchIds, APPROVAL_OFFICE], today))
}

/** The officer of a unit who takes what is handed to it; away or not, as the unit has nobody else. */
export async function officerOfUnit(
  db: EntityManager,
  unitId: string,
  matter: Placed,
  today: string,
): Promise<string | null> {
  const accused = await accusedOf(db, matter)
  const facts = {
    category: matter.category,
    projectOfficer: null,
    branchIds: [unitId],
    aboutUnitId: matter.aboutUnitId,
    aboutPersonKeys: accused.personKeys,
    aboutPersonUnitIds: accused.personUnitIds,
    askerPostIds: matter.askerPostIds ?? [],
  }
  const roster = await candidatesOf(db, [unitId], today)
  const chosen = route(facts, roster)
  if (chosen.postId !== null) return chosen.postId
  const leaders = await rowsBy(db, Post, { unitId, role: 'leader', isActive: true })
  const free = leaders.filter((post) => !isAccused(accused, post))
  return leastLoaded(await weigh(db, free, today))?.postId ?? null
}

const idle = (post: Post) => ({
  postId: post.id,
  unitId: post.unitId,
  personKey: post.phoneHash,
  handles: post.handles,
  isDuty: post.isDuty,
  isAway: false,
  load: 0,
  lastCaseId: '',
})
