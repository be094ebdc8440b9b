// One service visit in words.
import type { VisitItem } from '../../services/api'
import { clockText, dayText, weekdayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type State = VisitItem['state']
type When = Pick<VisitItem, 'startedAt' | 'plannedOn' | 'plannedTime' | 'week'>

const toneOf: Record<State, string> = {
  offered: 'warn',
  consented: 'info',
  declined: 'calm',
  held: 'good',
  cancelled: 'calm',
}

/** What the firm reads of its own answer; officials read the server's words. */
const firmWords: Record<State, string> = {
  offered: '等您答复',
  consented: '您已同意',
  declined: '您已谢绝',
  held: '已上门',
  cancelled: '已取消',
}

export function whenOf({ startedAt, plannedOn, plannedTime, week }: When): string {
  if (startedAt) return `${weekdayText(startedAt)} ${clockText(startedAt)}`
  if (!plannedOn) return `${dayText(week)}这一周，时间另约`
  return [weekdayText(plannedOn), plannedTime ?? '时间另约'].join(' ')
}

/** The state of a visit: for a firm that of its own answer, with its signature still to come. */
export function stateOf(visit: Pick<VisitItem, 'state' | 'firms'>, isFirm: boolean) {
  if (!isFirm) return { word: wordFor('visitStates', visit.state), tone: toneOf[visit.state] }
  const { firms } = visit
  // A visit called off is off for every firm of it.
  const state = visit.state === 'cancelled' ? visit.state : (firms[0]?.state ?? visit.state)
  if (state === 'held' && firms.some((firm) => firm.state === 'held' && !firm.isConfirmed))
    return { word: '等您签字确认', tone: 'warn' }
  return { word: firmWords[state], tone: toneOf[state] }
}

export function lineOf(visit: VisitItem, isFirm: boolean) {
  const { id, kind, project, staff, topics, firms } = visit
  const { word, tone } = stateOf(visit, isFirm)
  return {
    id,
    when: whenOf(visit),
    kind: wordFor('visitKinds', kind),
    state: word,
    tone,
    subject: project?.name ?? firms.map(({ enterprise }) => enterprise.name).join('、'),
    firms: isFirm || !project ? '' : firms.map(({ enterprise }) => enterprise.name).join('、'),
    staff: staff.map(({ name }) => name).join('、'),
    topics: topics.join('、'),
  }
}
