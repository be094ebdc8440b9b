/** Planning a progress meeting, calling it off, and reading them. */
import { type EntityManager, In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { dateOf, isDate } from '../../calendar/dates.js'
import type { Input } from '../../contract.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among, type Condition, conditionsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { checkPosts, checkProjects, invite, talkAbout } from '../parties.js'
import { Meeting } from '../meeting.js'
import { loadMeeting, meetingTarget, teamTarget } from '../target.js'
import { type Team, TeamMember } from '../team.js'
import { meetingLines, meetingView, type Reader, withPosts } from '../view.js'

export const meetingVerbs = {
  'meeting.plan': serve('meeting.plan', {
    target: teamTarget,
    targetId: (input) => input.teamId,
    async handle(call) {
      const { db, input, target: team, grants, now } = call
      const { onDate, time = null, place = null, topic, projectIds } = input
      if (!team.isActive) throw new Problem('wrongState', { title: '这个专班已经停用' })
      if (onDate < dateOf(now)) throw invalid('onDate', '不能安排在今天以前')
      const members = await db.findBy(TeamMember, { teamId: team.id })
      const postIds = input.postIds ?? members.map(({ postId }) => postId)
      if (postIds.length === 0) throw invalid('postIds', '专班还没有成员，请写明邀请谁')
      await checkPosts(db, 'postIds', input.postIds ?? [])
      await checkProjects(db, projectIds)
      const fields = { onDate, time, place, topic }
      const also = { postIds: [null, postIds], projectIds: [null, projectIds] } as const
      const meeting =
        input.id === undefined
          ? await create(
              db,
              Meeting,
              {
                id: uuid(),
                teamId: team.id,
                unitId: team.unitId,
                state: 'planned',
                ...fields,
                summary: null,
                cancelReason: null,
                plannedByPostId: grants[0]?.postId ?? null,
                recordedByPostId: null,
                recordedAt: null,
                createdAt: now,
              },
              { postIds: [...also.postIds], projectIds: [...also.projectIds] },
            )
          : await change(db, Meeting, await plannedOne(db, input, team), fields, {
              postIds: [...also.postIds],
              projectIds: [...also.projectIds],
            })
      await invite(db, meeting.id, postIds)
      await talkAbout(db, meeting.id, projectIds)
      return shown(call, meeting.id)
    },
  }),
  'meeting.cancel': serve('meeting.cancel', {
    target: meetingTarget,
    async handle(call) {
      const { db, input, target } = call
      await change(db, Meeting, target as Meeting, { state: 'cancelled', cancelReason: input.reason })
      return shown(call, target.id)
    },
  }),
  'meeting.read': serve('meeting.read', {
    target: meetingTarget,
    handle: (call) => meetingView(call, call.target),
  }),
  'meeting.list': serve('meeting.list', {
    async handle(call) {
      const { db, input, grants, know } = call
      const after = readCursor(know.keyring, 'meeting.list', input)
      const reach = conditionsOf(grants, meetingTarget.scopes)
      const { sql, params } = filterOf(input, after as readonly [string, string] | undefined)
      const within = reach.some((one) => one.sql === '1 = 1') ? [{ sql: '1 = 1', params: [] }] : reach
      if (within.length === 0) return { items: [], next: null }
      const found = (await db.query(
        `SELECT m.id FROM meeting m WHERE (${within.map((one) => one.sql).join(' OR ')}) AND ${sql}
         ORDER BY m.onDate DESC, m.id DESC LIMIT ${input.limit + 1}`,
        [...within.flatMap((one) => one.params), ...params],
      )) as { id: string }[]
      const meetings = await db.find(Meeting, {
        where: { id: In(found.map(({ id }) => id)) },
        order: { onDate: 'DESC', id: 'DESC' },
      })
      const rows = await withPosts(db, meetings)
      return pageFrom(rows, input.limit, await meetingLines(call, rows), (last) =>
        writeCursor(know.keyring, 'meeting.list', input, [last.onDate, last.id]),
      )
    },
  }),
}

/** The meeting whose plan is changed: of the same team, and not yet held. */
async function plannedOne(db: EntityManager, input: Input<'meeting.plan'>, team: Team): Promise<Meeting> {
  const meeting = await db.findOneBy(Meeting, { id: input.id ?? '', teamId: team.id })
  if (!meeting) throw new Problem('notFound')
  if (input.meetingVersion !== undefined && meeting.version !== input.meetingVersion) throw new Problem('stale')
  if (meeting.state !== 'planned') throw new Problem('wrongState', { title: '已经开过或取消的推进会不能再改安排' })
  return meeting
}

async function shown(call: Reader, id: string) {
  const row = await loadMeeting(call.db, id, false)
  if (!row) throw new Error('a meeting that is gone')
  return meetingView(call, row)
}

function filterOf(input: Input<'meeting.list'>, after: readonly [string, string] | undefined): Condition {
  const { states, unitId, projectId, hasIssues, from, to } = input
  for (const [path, day] of Object.entries({ from, to })) {
    if (day !== undefined && !isDate(day)) throw invalid(path, '请选择日期')
  }
  const given: Condition[] = [
    ...(states ? [among('m.state', states)] : []),
    ...(unitId === undefined ? [] : [{ sql: 'm.unitId = ?', params: [unitId] }]),
    ...(from === undefined ? [] : [{ sql: 'm.onDate >= ?', params: [from] }]),
    ...(to === undefined ? [] : [{ sql: 'm.onDate <= ?', params: [to] }]),
    ...(projectId === undefined
      ? []
      : [{ sql: 'm.id IN (SELECT p.meetingId FROM meeting_project p WHERE p.projectId = ?)', params: [projectId] }]),
    ...(hasIssues === undefined
      ? []
      : [{ sql: `m.id ${hasIssues ? '' : 'NOT '}IN (SELECT i.meetingId FROM meeting_issue i)`, params: [] }]),
    ...(after === undefined
      ? []
      : [{ sql: '(m.onDate < ? OR (m.onDate = ? AND m.id < ?))', params: [after[0], after[0], after[1]] }]),
  ]
  return {
    sql: given.map(({ sql }) => sql).join(' AND ') || '1 = 1',
    params: given.flatMap(({ params }) => params),
  }
}
