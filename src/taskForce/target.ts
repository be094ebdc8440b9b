/** Who reaches teams (`t`), meetings (`m`) and decisions (`d`): each scope for a row in hand and for a query. */
import type { EntityManager } from 'typeorm'
import type { Verb } from '../contract.js'
import { forUpdate } from '../database/transaction.js'
import { among, type Condition, type ScopeRule } from '../http/scopes.js'
import type { Target } from '../http/serve.js'
import { Decision } from './decision.js'
import { Meeting, MeetingAttendance } from './meeting.js'
import type { DecisionState, MeetingState } from './states.js'
import { Team } from './team.js'

const everything: Condition = { sql: '1 = 1', params: [] }
const all = { holds: () => true, where: () => everything }

/** A branch's leader over what the branch's own team does. */
const branch = <Row extends { unitId: string }>(alias: string): ScopeRule<Row> => ({
  holds: (grant, row) => grant.unitId !== null && row.unitId === grant.unitId,
  where: (grant) => among(`${alias}.unitId`, grant.unitId === null ? [] : [grant.unitId]),
})

const locked = (db: EntityManager, lock: boolean) => (lock ? { lock: forUpdate(db) } : {})

export const teamTarget: Target<Team> = {
  seenBy: 'team.list',
  scopes: { branch: branch('t'), all },
  load: (db, id, lock) => db.findOne(Team, { where: { id }, ...locked(db, lock) }),
}

/** A meeting with the posts invited. */
export type MeetingRow = Meeting & { postIds: string[] }

const invited = (postIds: readonly string[]): Condition => {
  const { sql, params } = among('a.postId', postIds)
  return { sql: `m.id IN (SELECT a.meetingId FROM meeting_attendance a WHERE ${sql})`, params }
}

const meetingObstacles: Partial<Record<Verb, { from: readonly MeetingState[]; otherwise: string }>> = {
  'meeting.record': { from: ['planned', 'held'], otherwise: '这次推进会已经取消' },
  'meeting.cancel': { from: ['planned'], otherwise: '已经开过或取消的推进会不能再取消' },
}

export const meetingTarget: Target<MeetingRow> = {
  seenBy: 'meeting.read',
  scopes: {
    assigned: {
      holds: (grant, row) => grant.postId !== null && row.postIds.includes(grant.postId),
      where: (grant) => invited(grant.postId === null ? [] : [grant.postId]),
    },
    standIn: {
      holds: (grant, row) => grant.absentPostIds.some((id) => row.postIds.includes(id)),
      where: (grant) => invited(grant.absentPostIds),
    },
    branch: branch('m'),
    all,
  },
  load: loadMeeting,
  obstacle(row, verb) {
    const rule = meetingObstacles[verb]
    return rule === undefined || rule.from.includes(row.state) ? undefined : rule.otherwise
  },
}

export async function loadMeeting(db: EntityManager, id: string, lock: boolean): Promise<MeetingRow | null> {
  const meeting = await db.findOne(Meeting, { where: { id }, ...locked(db, lock) })
  if (!meeting) return null
  const attendance = await db.findBy(MeetingAttendance, { meetingId: id })
  return Object.assign(meeting, { postIds: attendance.map(({ postId }) => postId) })
}

const decisionObstacles: Partial<Record<Verb, { from: readonly DecisionState[]; otherwise: string }>> = {
  'decision.report': { from: ['open'], otherwise: '已经报办好或核销，不用再报' },
  'decision.close': { from: ['open', 'reported'], otherwise: '这件事已经核销' },
}

export const decisionTarget: Target<Decision> = {
  seenBy: 'decision.list',
  scopes: {
    assigned: {
      holds: (grant, row) => grant.postId === row.responsiblePostId,
      where: (grant) => among('d.responsiblePostId', grant.postId === null ? [] : [grant.postId]),
    },
    standIn: {
      holds: (grant, row) => grant.absentPostIds.includes(row.responsiblePostId),
      where: (grant) => among('d.responsiblePostId', grant.absentPostIds),
    },
    branch: branch('d'),
    all,
  },
  load: (db, id, lock) => db.findOne(Decision, { where: { id }, ...locked(db, lock) }),
  obstacle(row, verb) {
    const rule = decisionObstacles[verb]
    return rule === undefined || rule.from.includes(row.state) ? undefined : rule.otherwise
  },
}
