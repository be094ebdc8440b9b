/** Telling members of meetings, and those who answer for decisions before and after the day. */
import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { dateOf } from '../calendar/dates.js'
import { untilDay } from '../cases/tidings.js'
import { HelpCase } from '../cases/helpCase.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { byId } from '../people/view.js'
import { Decision } from './decision.js'
import { Meeting, MeetingAttendance, MeetingIssue } from './meeting.js'

interface OfMeeting {
  meetingId: string
  /** The version that is told of: of each change once. */
  version: number
}
interface OfDecision {
  decisionId: string
  version: number
}

/** A decision as a notice quotes it. */
const quoted = (text: string) => {
  const [first = ''] = text.split('\n', 1)
  const characters = Array.from(first)
  return `「${characters.length > 30 ? `${characters.slice(0, 29).join('')}…` : first}」`
}

const when = ({ onDate, time, place }: Meeting) =>
  [[onDate, time ?? ''].join(' ').trim(), place ?? ''].filter((part) => part !== '').join('，')

const invitedTo = async (db: EntityManager, meetingId: string) =>
  (await db.findBy(MeetingAttendance, { meetingId })).map(({ postId }) => postId)

/** Who follows a meeting's decisions up: whoever recorded it, or else planned it; the supervisors where nobody is known. */
async function keepersOf(db: EntityManager, meetingId: string): Promise<string[]> {
  const meeting = await db.findOneBy(Meeting, { id: meetingId })
  const keeper = meeting?.recordedByPostId ?? meeting?.plannedByPostId
  if (keeper) return [keeper]
  return (await db.findBy(Post, { role: 'supervisor', isActive: true })).map(({ id }) => id)
}

export const taskForceJobs: Readonly<Record<string, AnyJob>> = {
  'meeting.tellPlanned': job<OfMeeting>({
    async handle({ db, know, now, payload: { meetingId, version } }) {
      const meeting = await db.findOneBy(Meeting, { id: meetingId, state: 'planned' })
      if (!meeting) return
      await tell(db, know, now, {
        postIds: await invitedTo(db, meetingId),
        subjectKind: 'meeting',
        subjectId: meetingId,
        title: `推进会：${meeting.topic}`.slice(0, 200),
        text: when(meeting),
        uniqueKey: `meeting.planned:${meetingId}:${version}`,
      })
    },
  }),
  'meeting.tellCancelled': job<OfMeeting>({
    async handle({ db, know, now, payload: { meetingId } }) {
      const meeting = await db.findOneBy(Meeting, { id: meetingId, state: 'cancelled' })
      if (!meeting) return
      await tell(db, know, now, {
        postIds: await invitedTo(db, meetingId),
        subjectKind: 'meeting',
        subjectId: meetingId,
        title: '推进会取消了',
        text: `${when(meeting)}，${meeting.topic}。${meeting.cancelReason ?? ''}`,
        uniqueKey: `meeting.cancelled:${meetingId}`,
      })
    },
  }),
  /** Those who answer for a decision hear of it, and the officers of new cases as of any other case. */
  'meeting.tellRecorded': job<OfMeeting>({
    async handle({ db, know, now, payload: { meetingId } }) {
      for (const decision of await db.findBy(Decision, { meetingId })) {
        await tell(db, know, now, {
          postIds: [decision.responsiblePostId],
          subjectKind: 'decision',
          subjectId: decision.id,
          title: `推进会交您办${quoted(decision.text)}，${untilDay(decision.dueOn)}办好`,
          text: decision.text,
          uniqueKey: `decision.made:${decision.id}`,
        })
      }
      const issues = await db.findBy(MeetingIssue, { meetingId, caseId: Not(IsNull()) })
      const cases = await byId(
        db,
        HelpCase,
        issues.map(({ caseId }) => caseId),
      )
      const tellings = [...cases.values()].map(({ id: caseId, officerPostId }) => {
        const uniqueKey = `meeting.case:${caseId}`
        const tiding = officerPostId === null ? 'pooled' : 'assigned'
        return { kind: 'case.tell', payload: { caseId, tiding, uniqueKey }, uniqueKey }
      })
      await enqueue(db, tellings, now)
    },
  }),
  /** Runs every working day: a meeting of the next one. */
  'meeting.remind': job<{ day: string }>({
    async handle({ db, know, now }) {
      const onDate = know.calendar.workdayAfter(dateOf(now), 1)
      for (const meeting of await db.findBy(Meeting, { state: 'planned', onDate })) {
        await tell(db, know, now, {
          postIds: await invitedTo(db, meeting.id),
          subjectKind: 'meeting',
          subjectId: meeting.id,
          title: `下个工作日开推进会：${meeting.topic}`.slice(0, 200),
          text: when(meeting),
          uniqueKey: `meeting.soon:${meeting.id}:${onDate}`,
        })
      }
    },
  }),
  /** Runs every working day: what is due on the next one, and what is late since yesterday. */
  'decision.remind': job<{ day: string }>({
    async handle({ db, know, now }) {
      const today = dateOf(now)
      const soon = know.calendar.workdayAfter(today, know.deadlines.remind.workdays)
      for (const { id, text, responsiblePostId } of await db.findBy(Decision, { state: 'open', dueOn: soon })) {
        await tell(db, know, now, {
          postIds: [responsiblePostId],
          subjectKind: 'decision',
          subjectId: id,
          title: `${quoted(text)}${untilDay(soon)}要办好`,
          text,
          uniqueKey: `decision.soon:${id}:${soon}`,
        })
      }
      const late = await db.findBy(Decision, { state: 'open', dueOn: LessThan(today) })
      for (const { id, text, responsiblePostId, dueOn, meetingId } of late) {
        await tell(db, know, now, {
          postIds: [...new Set([responsiblePostId, ...(await keepersOf(db, meetingId))])],
          subjectKind: 'decision',
          subjectId: id,
          title: `推进会定的${quoted(text)}超过期限了`,
          text,
          uniqueKey: `decision.late:${id}:${dueOn}`,
        })
      }
    },
  }),
  'decision.tellReported': job<OfDecision>({
    async handle({ db, know, now, payload: { decisionId, version } }) {
      const decision = await db.findOneBy(Decision, { id: decisionId, state: In(['reported']) })
      if (!decision) return
      await tell(db, know, now, {
        postIds: await keepersOf(db, decision.meetingId),
        subjectKind: 'decision',
        subjectId: decisionId,
        title: `${quoted(decision.text)}报办好了，请核销`,
        text: decision.text,
        uniqueKey: `decision.reported:${decisionId}:${version}`,
      })
    },
  }),
  'decision.tellSentBack': job<OfDecision>({
    async handle({ db, know, now, payload: { decisionId, version } }) {
      const decision = await db.findOneBy(Decision, { id: decisionId, state: 'open' })
      if (!decision) return
      await tell(db, know, now, {
        postIds: [decision.responsiblePostId],
        subjectKind: 'decision',
        subjectId: decisionId,
        title: `${quoted(decision.text)}还没有办好，退回再办`,
        text: decision.text,
        uniqueKey: `decision.sentBack:${decisionId}:${version}`,
      })
    },
  }),
}
