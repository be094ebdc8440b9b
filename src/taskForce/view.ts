/** What leaves the server about teams, meetings and decisions. */
import { type EntityManager, In } from 'typeorm'
import { HelpCase } from '../cases/helpCase.js'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import type { Actor } from '../people/actor.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, unitView } from '../people/view.js'
import { Project } from '../projects/project.js'
import { ProjectIssue } from '../projects/projectIssue.js'
import { Decision, DecisionWord } from './decision.js'
import { type Meeting, MeetingAttendance, MeetingIssue, MeetingProject, Meeting as MeetingEntity } from './meeting.js'
import { decisionTarget, type MeetingRow, meetingTarget, teamTarget } from './target.js'
import { Team, TeamMember } from './team.js'

export interface Reader {
  db: EntityManager
  actor: Actor
  know: Pick<Knowledge, 'calendar'>
  now: Date
}

const meetingVerbs = ['meeting.plan', 'meeting.record', 'meeting.cancel'] as const satisfies Verb[]
const decisionVerbs = ['decision.report', 'decision.close'] as const satisfies Verb[]

/** Names and units of posts, however many ask for the same. */
async function officialsOf(db: EntityManager, postIds: readonly string[]) {
  const posts = await byId(db, Post, postIds)
  const units = await byId(
    db,
    Unit,
    [...posts.values()].map(({ unitId }) => unitId),
  )
  return (postId: string) => {
    const post = posts.get(postId)
    return {
      postId,
      name: post?.name ?? '',
      title: post?.title ?? null,
      unit: units.get(post?.unitId ?? '')?.name ?? '',
    }
  }
}

const namesOf = <T extends { id: string; name: string }>(rows: Map<string, T>, id: string | null) => {
  const row = id === null ? undefined : rows.get(id)
  return row ? { id: row.id, name: row.name } : null
}

export async function teamViews({ db, actor }: Reader, teams: readonly Team[]): Promise<Output<'team.save'>[]> {
  const teamId = In(teams.map(({ id }) => id))
  const members = teams.length === 0 ? [] : await db.find(TeamMember, { where: { teamId }, order: { id: 'ASC' } })
  const official = await officialsOf(
    db,
    members.map(({ postId }) => postId),
  )
  const units = await byId(
    db,
    Unit,
    teams.map(({ unitId }) => unitId),
  )
  return teams.map((team) => ({
    id: team.id,
    level: team.level,
    unit: unitView(units.get(team.unitId), team.unitId),
    name: team.name,
    isActive: team.isActive,
    members: members
      .filter((member) => member.teamId === team.id)
      .map(({ postId, duty }) => ({ ...official(postId), duty })),
    version: team.version,
    can: possible(actor, teamTarget, team, ['team.save', 'meeting.plan']),
  }))
}

type Line = Output<'meeting.list'>['items'][number]

export async function meetingLines({ db, actor }: Reader, meetings: readonly MeetingRow[]): Promise<Line[]> {
  if (meetings.length === 0) return []
  const meetingId = In(meetings.map(({ id }) => id))
  const attendance = await db.findBy(MeetingAttendance, { meetingId })
  const issues = await db.find(MeetingIssue, { select: { id: true, meetingId: true }, where: { meetingId } })
  const decisions = await db.find(Decision, {
    select: { id: true, meetingId: true, state: true },
    where: { meetingId },
  })
  const teams = await byId(
    db,
    Team,
    meetings.map(({ teamId }) => teamId),
  )
  const units = await byId(
    db,
    Unit,
    meetings.map(({ unitId }) => unitId),
  )
  return meetings.map((row) => {
    const of = <T extends { meetingId: string }>(rows: T[]) => rows.filter((one) => one.meetingId === row.id)
    const came = of(attendance)
    return {
      id: row.id,
      state: row.state,
      team: { id: row.teamId, name: teams.get(row.teamId)?.name ?? '' },
      unit: unitView(units.get(row.unitId), row.unitId),
      onDate: row.onDate,
      time: row.time,
      place: row.place,
      topic: row.topic,
      invited: came.length,
      present: row.state === 'held' ? came.filter(({ isPresent }) => isPresent).length : null,
      issues: of(issues).length,
      decisions: of(decisions).length,
      openDecisions: of(decisions).filter(({ state }) => state !== 'closed').length,
      version: row.version,
      can: possible(actor, meetingTarget, row, meetingVerbs).filter(
        (verb) => verb !== 'meeting.plan' || row.state === 'planned',
      ),
    }
  })
}

export async function withPosts(db: EntityManager, meetings: readonly Meeting[]): Promise<MeetingRow[]> {
  const attendance =
    meetings.length === 0 ? [] : await db.findBy(MeetingAttendance, { meetingId: In(meetings.map(({ id }) => id)) })
  return meetings.map((meeting) =>
    Object.assign(meeting, {
      postIds: attendance.filter(({ meetingId }) => meetingId === meeting.id).map(({ postId }) => postId),
    }),
  )
}

export async function meetingView(reader: Reader, row: MeetingRow): Promise<Output<'meeting.read'>> {
  const { db } = reader
  const [line] = await meetingLines(reader, [row])
  if (!line) throw new Error('a meeting without its line')
  const meetingId = row.id
  const attendance = await db.find(MeetingAttendance, { where: { meetingId }, order: { id: 'ASC' } })
  const talkedAbout = await db.find(MeetingProject, { where: { meetingId }, order: { id: 'ASC' } })
  const issues = await db.find(MeetingIssue, { where: { meetingId }, order: { id: 'ASC' } })
  const decisions = await db.find(Decision, { where: { meetingId }, order: { dueOn: 'ASC', id: 'ASC' } })
  const projects = await byId(db, Project, [
    ...talkedAbout.map(({ projectId }) => projectId),
    ...issues.map(({ projectId }) => projectId),
  ])
  const cases = await byId(
    db,
    HelpCase,
    issues.map(({ caseId }) => caseId),
  )
  const entered = await byId(
    db,
    ProjectIssue,
    issues.map(({ projectIssueId }) => projectIssueId),
  )
  const official = await officialsOf(
    db,
    attendance.map(({ postId }) => postId),
  )
  return {
    ...line,
    summary: row.summary,
    cancelReason: row.cancelReason,
    attendance: attendance.map(({ postId, isPresent, excuse }) => ({ ...official(postId), isPresent, excuse })),
    projects: talkedAbout.flatMap(({ projectId }) => namesOf(projects, projectId) ?? []),
    raised: issues.map(({ id, text, way, projectId, projectIssueId, caseId }) => {
      const opened = cases.get(caseId ?? '')
      return {
        id,
        text,
        way,
        project: namesOf(projects, projectId),
        case: opened ? { id: opened.id, number: opened.number, state: opened.state } : null,
        solvedOn: entered.get(projectIssueId ?? '')?.solvedOn ?? null,
      }
    }),
    decided: await decisionViews(reader, decisions),
    recordedAt: row.recordedAt && toWireInstant(row.recordedAt),
  }
}

export async function decisionViews(
  { db, actor, know, now }: Reader,
  rows: readonly Decision[],
): Promise<Output<'decision.report'>[]> {
  if (rows.length === 0) return []
  const today = dateOf(now)
  const decisionId = In(rows.map(({ id }) => id))
  const words = await db.find(DecisionWord, { where: { decisionId }, order: { id: 'ASC' } })
  const meetings = await byId(
    db,
    MeetingEntity,
    rows.map(({ meetingId }) => meetingId),
  )
  const projects = await byId(
    db,
    Project,
    rows.map(({ projectId }) => projectId),
  )
  const official = await officialsOf(db, [
    ...rows.map(({ responsiblePostId }) => responsiblePostId),
    ...words.flatMap(({ postId }) => postId ?? []),
  ])
  return rows.map((row) => {
    const meeting = meetings.get(row.meetingId)
    return {
      id: row.id,
      meeting: { id: row.meetingId, topic: meeting?.topic ?? '', onDate: meeting?.onDate ?? row.madeOn },
      text: row.text,
      project: namesOf(projects, row.projectId),
      responsible: official(row.responsiblePostId),
      dueOn: row.dueOn,
      state: row.state,
      isOverdue: row.state === 'open' && row.dueOn < today,
      daysLeft: row.state === 'open' ? know.calendar.countWorkdays(today, row.dueOn) : null,
      reportedOn: row.reportedOn,
      closedOn: row.closedOn,
      words: words
        .filter((word) => word.decisionId === row.id)
        .map(({ id, kind, text, postId, at }) => ({
          id,
          kind,
          text,
          by: postId === null ? null : official(postId).name,
          at: toWireInstant(at),
        })),
      version: row.version,
      can: possible(actor, decisionTarget, row, decisionVerbs).filter(
        (verb) => verb !== 'decision.close' || mayClose(actor, row),
      ),
    }
  })
}

/** 核销由别人核: never by who answers for it, nor through another post of theirs. */
export const mayClose = (actor: Actor, { responsiblePostId }: Decision): boolean =>
  actor.holdings.every(({ postId }) => postId !== responsiblePostId)
