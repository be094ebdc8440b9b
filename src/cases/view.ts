/** What leaves the server about a case: for whom it is, no more. */
import type { EntityManager } from 'typeorm'
import { dateOf, daysBetween, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import { rowBy, rowsBy } from '../database/rows.js'
import { fileViews } from '../files/attach.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import { grantFor, grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { erasedName, masked, personalOf } from '../people/personal.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { CaseEntry } from './caseEntry.js'
import { CaseNote } from './caseNote.js'
import { clockOf } from './clock.js'
import type { HelpCase } from './helpCase.js'
import { appealObstacle, appealUntil, appealView, isRated, mayRateAgain } from './appeal.js'
import { BAD_SCORE, Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { rectificationScopes, withAbout } from './rectificationTarget.js'
import { actingOn } from './roster.js'
import { type CaseVerb, stateObstacle, transitions } from './states.js'
import { caseTarget } from './target.js'

type CaseView = Output<'case.read'>
type NoteVerb = NonNullable<CaseView['notes']>[number]['verb']
const candidates = Object.keys(transitions) as CaseVerb[]

interface Reader {
  db: EntityManager
  know: Knowledge
  actor: Actor
  now: Date
}

/** What the caller has just read or written itself: reading it again made up a quarter of `case.submit`'s statements. */
interface Known {
  /** The whole timeline. */
  entries?: CaseEntry[]
  hasFiles?: boolean
}

export async function caseView(reader: Reader, row: HelpCase, known: Known = {}): Promise<CaseView> {
  const { db, know, actor, now } = reader
  const seenThrough = grantsOf(actor, 'case.read').filter((grant) => caseTarget.scopes[grant.scope]?.holds(grant, row))
  const staff = seenThrough.filter((grant) => grant.postId !== null)
  const isStaff = staff.length > 0
  const isInCharge = staff.some(({ scope }) => scope === 'assigned' || scope === 'standIn' || scope === 'all')
  const today = dateOf(now)

  const entries = known.entries ?? (await rowsBy(db, CaseEntry, { caseId: row.id }, { order: 'id' }))
  const notes = isStaff ? await rowsBy(db, CaseNote, { caseId: row.id }, { order: 'id' }) : []
  const actingId = row.officerPostId && (await actingOn(db, row, row.officerPostId, today))
  const posts = await byId(db, Post, [
    row.officerPostId,
    actingId,
    row.pendingExtension?.postId,
    row.pendingDecline?.postId,
    ...[...entries, ...notes].map((entry) => entry.postId),
  ])
  const shares = (row.shares ?? []).filter((share) => share.how === 'assisting')
  const units = await byId(db, Unit, [
    row.unitId,
    ...shares.map((share) => share.unitId),
    ...[...posts.values()].map((post) => post.unitId),
  ])
  const { firm, project, guide } = await namedIn(db, row)
  const speakers = entries.flatMap((entry) => (entry.postId === null && entry.personId ? [entry.personId] : []))
  const people = await peopleOf(db, know, [...speakers, ...(row.createdBy ? [row.createdBy] : [])])
  const showing = { canSeeHeld: isStaff, personId: actor.personId }
  const owners = known.hasFiles === false ? [] : [row.id]
  const files = await fileViews(db, know, now, 'case', owners, showing)
  const filesOf =
    files.size === 0 ? files : await fileViews(db, know, now, 'case', [row.id], { ...showing, by: 'entryId' })
  const rating = row.rating === null ? null : await rowBy(db, Rating, { caseId: row.id, round: row.round })

  const follows = rating && rating.score <= BAD_SCORE ? await rowBy(db, Rectification, { ratingId: rating.id }) : null
  const rectification = isStaff && follows && (await isReadable(db, actor, follows)) ? follows : undefined
  const isAbout = isStaff && follows !== null && isRated(actor, follows)
  const mayReadSecond = follows !== null && (!isStaff || rectification !== undefined)

  const postActor = (postId: string) => {
    const post = posts.get(postId)
    return { kind: 'officer' as const, name: post?.name ?? '', unit: units.get(post?.unitId ?? '')?.name ?? null }
  }
  const personActor = (personId: string | null) => {
    const known = personId === null ? undefined : people.get(personId)
    const name = personId === null ? '沈环帮办' : personName(known, personId === actor.personId)
    return { kind: personId === null ? ('system' as const) : ('enterprise' as const), name, unit: null }
  }
  const mayRead = (writer: string | null, isPassed: boolean) => isPassed || isStaff || writer === actor.personId
  const reading = clockOf(row, know, now)
  const isPassed = (verb: CaseVerb | 'case.submit') =>
    entries.findLast((entry) => entry.verb === verb)?.review === 'passed'
  const mayReadText = mayRead(row.createdBy, isPassed('case.submit'))

  return {
    id: row.id,
    number: row.number,
    state: row.state,
    review: row.review,
    source: row.source,
    category: row.category as CaseView['category'],
    title: mayReadText ? row.title : '（内容待核）',
    text: mayReadText ? row.text : '',
    enterprise: firm,
    project,
    guide,
    visitId: row.visitId,
    districtCode: row.districtCode,
    unit: row.unitId === null ? null : unitView(units.get(row.unitId), row.unitId),
    officer: officerView(posts.get(actingId ?? ''), units),
    standInFor:
      actingId && actingId !== row.officerPostId ? { name: posts.get(row.officerPostId ?? '')?.name ?? '' } : null,
    clock: clockView(reading),
    signDueOn: row.signDueOn,
    createdAt: toWireInstant(row.createdAt),
    answeredAt: row.answeredAt && toWireInstant(row.answeredAt),
    closedAt: row.closedAt && toWireInstant(row.closedAt),
    closesOn: row.closesOn,
    urgeAgainOn: urgeAgainOn(row, know, today),
    timeline: entries.map((entry) => {
      const isReadable = mayRead(entry.personId, entry.review === 'passed')
      return {
        id: entry.id,
        verb: shownVerb(entry.verb),
        at: toWireInstant(entry.at),
        actor: entry.postId === null ? personActor(entry.personId) : postActor(entry.postId),
        text: isReadable ? entry.text : null,
        isHeld: entry.review !== 'passed',
        files: filesOf.get(entry.id) ?? [],
      }
    }),
    rating: rating && {
      score: rating.score,
      text: mayRead(rating.personId, isPassed('case.rate')) ? rating.text : null,
      at: toWireInstant(rating.at),
    },
    files: files.get(row.id) ?? [],
    ...(isStaff && {
      contact: contactOf(row, people, isInCharge),
      notes: notes.map(({ id, verb, at, postId, text }) => ({
        id,
        verb: verb as NoteVerb,
        at: toWireInstant(at),
        actor: postActor(postId),
        text,
      })),
      assisting: shares.map(({ unitId, since, repliedAt, dueOn }) => ({
        unit: unitView(units.get(unitId), unitId),
        since: toWireInstant(since),
        repliedAt: repliedAt && toWireInstant(repliedAt),
        dueOn,
        isLate: dueOn !== null && repliedAt === null && dueOn < today,
      })),
      pendingExtension: row.pendingExtension && {
        workdays: row.pendingExtension.workdays,
        ...proposal(row.pendingExtension, posts),
      },
      pendingDecline: row.pendingDecline && {
        basis: row.pendingDecline.basis,
        ...proposal(row.pendingDecline, posts),
      },
    }),
    ...(mayReadSecond &&
      follows.secondScore !== null &&
      follows.secondOn !== null && { secondRating: { score: follows.secondScore, on: follows.secondOn } }),
    ...(isAbout && { appeal: appealOf(follows, know) }),
    ...(rectification && { rectificationId: rectification.id }),
    extensions: row.extensions,
    version: row.version,
    can: [
      ...caseCan(reader, row, row.review !== 'passed' || (files.get(row.id) ?? []).some((file) => file.isHeld)),
      ...(follows ? ratingCan(reader, row, follows) : []),
    ],
  }
}

/** Whether the reader may know of what follows from a bad rating. */
async function isReadable(db: EntityManager, actor: Actor, row: Rectification): Promise<boolean> {
  await withAbout(db, [row])
  return grantFor(grantsOf(actor, 'rectification.read'), rectificationScopes, row) !== undefined
}

/** 被评价人 sees what they said themselves, and what came of it; nothing of how it is put right. */
function appealOf(row: Rectification, know: Knowledge): NonNullable<CaseView['appeal']> {
  const said = appealView(row)
  const { decidedOn: _, ...shown } = said ?? { decidedOn: null }
  return { untilOn: appealUntil(row, know), said: said && (shown as NonNullable<typeof said>) }
}

/** After a bad rating: the rated may appeal, whoever may rate may do so again once it is put right. */
function ratingCan({ actor, know, now }: Reader, row: HelpCase, follows: Rectification): Verb[] {
  const able: Verb[] = []
  if (isRated(actor, follows) && appealObstacle(follows, know, now) === undefined) able.push('rectification.appeal')
  if (mayRateAgain(follows) && !isRated(actor, follows)) able.push('rectification.rateAgain')
  return possible(actor, caseTarget, row, able)
}

/** What the reader could do now, the calendar's rules included. */
function caseCan({ actor, know, now }: Reader, row: HelpCase, hasHeld: boolean): Verb[] {
  const today = dateOf(now)
  return possible(actor, caseTarget, row, candidates).filter((verb) => {
    if (verb === 'case.urge') return mayUrge(row, know, today)
    if (verb === 'case.reopen') return mayReopen(row, know, today)
    if (verb === 'case.extend') return row.extensions < know.deadlines.extension.times
    if (verb === 'case.release') return hasHeld
    return true
  })
}

/** 每个工作日限催办一次. */
export const mayUrge = ({ urgedOn }: HelpCase, { calendar, deadlines }: Knowledge, today: string) =>
  urgedOn === null || calendar.countWorkdays(urgedOn, today) >= deadlines.urge.workdays

/** The day from which it can be urged again; null where it can be today, or cannot for another reason. */
function urgeAgainOn(row: HelpCase, know: Knowledge, today: string): string | null {
  if (row.urgedOn === null || mayUrge(row, know, today)) return null
  if (stateObstacle(row.state, 'case.urge') !== undefined) return null
  return know.calendar.workdayAfter(row.urgedOn, know.deadlines.urge.workdays)
}

/** The trail says that a job closed it; to whoever reads, it was closed. */
const shownVerb = (verb: string) =>
  (verb === 'case.closeOne' ? 'case.close' : verb) as CaseView['timeline'][number]['verb']

/** 办结后15日内可以重新提起（日历日）; what is answered and not yet closed, at any time. */
export const mayReopen = ({ closedOn }: HelpCase, { deadlines }: Knowledge, today: string) =>
  closedOn === null || daysBetween(closedOn, today) <= deadlines.reopen.days

/** The firm, project and guide that a case is about, as it names them. */
async function namedIn(db: EntityManager, { enterpriseId, projectId, guideId }: HelpCase) {
  if (enterpriseId === null && projectId === null && guideId === null) {
    return { firm: null, project: null, guide: null }
  }
  const [found] = (await db.query(
    `SELECT e.name AS firmName, e.creditCode, p.name AS projectName, g.title
     FROM (SELECT 1 AS one) x LEFT JOIN enterprise e ON e.id = ? LEFT JOIN project p ON p.id = ?
     LEFT JOIN guide g ON g.id = ?`,
    [enterpriseId, projectId, guideId],
  )) as { firmName: string | null; creditCode: string; projectName: string | null; title: string | null }[]
  const { firmName = null, creditCode = '', projectName = null, title = null } = found ?? {}
  return {
    firm: enterpriseId === null || firmName === null ? null : { id: enterpriseId, name: firmName, creditCode },
    project: projectId === null || projectName === null ? null : { id: projectId, name: projectName },
    guide: guideId === null || title === null ? null : { id: guideId, title },
  }
}

/** Names and phones; who has left is not among them. */
async function peopleOf(db: EntityManager, know: Knowledge, personIds: readonly string[]) {
  const people = await personalOf(db, know.keyring, personIds)
  return new Map(
    [...people].flatMap(([id, { name, phone, isErased }]) => (isErased ? [] : [[id, { name, phone }] as const])),
  )
}

function personName(known: { name: string | null; phone: string | null } | undefined, isOneself: boolean): string {
  if (!known) return erasedName
  if (isOneself) return known.name ?? '我'
  return masked(known).name ?? '企业'
}

function contactOf(row: HelpCase, people: Awaited<ReturnType<typeof peopleOf>>, isInCharge: boolean) {
  const known = row.createdBy === null ? undefined : people.get(row.createdBy)
  if (!known) return { name: row.createdBy === null ? null : erasedName, phone: null }
  return isInCharge ? known : masked(known)
}

const proposal = (
  { reason, postId, at }: { reason: string; postId: string; at: string },
  posts: Map<string, Post>,
) => ({
  reason,
  by: posts.get(postId)?.name ?? '',
  at: toWireInstant(new Date(at)),
})

export function officerView(post: Post | undefined, units: Map<string, Unit>) {
  return post
    ? { postId: post.id, name: post.name, phone: post.workPhone ?? units.get(post.unitId)?.phone ?? null }
    : null
}

function clockView(reading: ReturnType<typeof clockOf>): CaseView['clock'] {
  const { startedOn, dueOn, workdays, used, isPaused, isProvisional, isOverdue, overdueBy, skipped } = reading
  return { startedOn, dueOn, workdays, used, isPaused, isProvisional, isOverdue, overdueBy, skipped: [...skipped] }
}
