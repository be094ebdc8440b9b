/** Recording a meeting, once or again with what was forgotten: nothing entered before is lost or entered twice. */
import { v7 as uuid } from 'uuid'
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { invalid } from '../../problem.js'
import { Meeting, MeetingAttendance } from '../meeting.js'
import { enterDecisions, enterIssues } from '../outcome.js'
import { checkPosts, checkProjects, talkAbout } from '../parties.js'
import { loadMeeting, meetingTarget } from '../target.js'
import { meetingView } from '../view.js'

export const recordVerbs = {
  'meeting.record': serve('meeting.record', {
    target: meetingTarget,
    async handle(call) {
      const { db, input, target, grants, know, now } = call
      const { attendance, projectIds, summary, issues, decisions } = input
      const onDate = input.onDate ?? (target.state === 'held' ? target.onDate : dateOf(now))
      if (onDate > dateOf(now)) throw invalid('onDate', '还没有到开会那天')
      if (!attendance.some(({ isPresent }) => isPresent)) throw invalid('attendance', '总要有人到会')
      await checkPosts(
        db,
        'attendance',
        attendance.map(({ postId }) => postId),
      )
      await checkProjects(db, projectIds)
      const postId = grants[0]?.postId ?? null
      const before = await db.findBy(MeetingAttendance, { meetingId: target.id })
      const meeting = await change(
        db,
        Meeting,
        target as Meeting,
        {
          state: 'held',
          onDate,
          place: input.place ?? target.place,
          summary,
          recordedByPostId: target.recordedByPostId ?? postId,
          recordedAt: target.recordedAt ?? now,
        },
        {
          attendance: [
            before.map((one) => ({ postId: one.postId, isPresent: one.isPresent, excuse: one.excuse })),
            attendance,
          ],
          projectIds: [null, projectIds],
          issueIds: [null, issues.map(({ id }) => id)],
          decisionIds: [null, decisions.map(({ id }) => id)],
        },
      )
      for (const { postId: who, isPresent, excuse = null } of attendance) {
        const came = { isPresent, excuse: isPresent ? null : excuse }
        const known = before.find((one) => one.postId === who)
        if (known) await db.update(MeetingAttendance, { id: known.id }, came)
        else await db.insert(MeetingAttendance, { id: uuid(), meetingId: target.id, postId: who, ...came })
      }
      await talkAbout(db, target.id, projectIds)
      await enterIssues({ db, know, now, meeting, postId }, issues)
      await enterDecisions({ db, know, now, meeting, postId }, decisions)
      const row = await loadMeeting(db, target.id, false)
      if (!row) throw new Error('a meeting that is gone')
      return meetingView(call, row)
    },
  }),
}
