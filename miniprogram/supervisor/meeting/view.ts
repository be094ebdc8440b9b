// One meeting in words: who came, what was raised and where it went, what was decided and how far it is.
import type { Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { lineOf as decisionOf } from '../decisions/view'
import { whenOf } from '../meetings/view'

type MeetingView = Output<'meeting.read'>
type Attendance = MeetingView['attendance'][number]
type Raised = MeetingView['raised'][number]

const tones: Record<MeetingView['state'], string> = { planned: 'info', held: 'good', cancelled: 'calm' }

export const headOf = (view: MeetingView) => ({
  topic: view.topic,
  state: wordFor('meetingStates', view.state),
  tone: tones[view.state],
  when: whenOf(view),
  team: view.team.name,
  summary: view.summary ?? '',
  cancelled: view.cancelReason ?? '',
  projects: view.projects,
  canPlan: view.can.includes('meeting.plan'),
  canRecord: view.can.includes('meeting.record'),
  canCancel: view.can.includes('meeting.cancel'),
  record: view.state === 'held' ? '补记' : '记录推进会',
})

const presence = ({ isPresent, excuse }: Attendance) => {
  if (isPresent === null) return { said: '', tone: '' }
  return isPresent ? { said: '到会', tone: 'good' } : { said: excuse ? '请假' : '缺席', tone: 'warn' }
}

export const attendanceOf = ({ attendance }: MeetingView) =>
  attendance.map((one) => ({
    id: one.postId,
    name: one.name,
    about: [one.unit, one.title ?? ''].filter(Boolean).join(' · '),
    excuse: one.isPresent === false ? (one.excuse ?? '没有说明原因') : '',
    ...presence(one),
  }))

const wayOf = ({ case: opened, solvedOn, way }: Raised) => {
  if (opened) return { said: wordFor('caseStates', opened.state), tone: 'info' }
  if (way === 'ledger') {
    return solvedOn ? { said: `${dayText(solvedOn)}解决`, tone: 'good' } : { said: '还没解决', tone: 'warn' }
  }
  return { said: '', tone: '' }
}

export const raisedOf = ({ raised }: MeetingView) =>
  raised.map((one) => ({
    id: one.id,
    text: one.text,
    where: [wordFor('issueWays', one.way), one.project?.name ?? '', one.case?.number ?? ''].filter(Boolean).join(' · '),
    kind: one.case ? 'case' : 'project',
    subjectId: one.case?.id ?? one.project?.id ?? '',
    ...wayOf(one),
  }))

export const decidedOf = ({ decided }: MeetingView) => decided.map(decisionOf)
