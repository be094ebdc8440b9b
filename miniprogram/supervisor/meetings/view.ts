// A meeting as a line: when, whose, what about, and what came of it.
import type { ItemOf } from '../../services/api'
import { weekdayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type MeetingItem = ItemOf<'meeting.list'>

const tones: Record<MeetingItem['state'], string> = { planned: 'info', held: 'good', cancelled: 'calm' }

export const whenOf = ({ onDate, time, place }: Pick<MeetingItem, 'onDate' | 'time' | 'place'>): string =>
  [[weekdayText(onDate), time ?? ''].filter(Boolean).join(' '), place ?? ''].filter(Boolean).join(' · ')

const cameOf = ({ state, invited, present }: MeetingItem): string =>
  state === 'held' ? `请了${invited}人，到了${present ?? 0}人` : `请了${invited}人`

const outcomeOf = ({ state, issues, decisions, openDecisions }: MeetingItem): string =>
  state !== 'held'
    ? ''
    : `提出问题${issues}件，定下事项${decisions}件${openDecisions > 0 ? `，还有${openDecisions}件没核销` : ''}`

export const lineOf = (one: MeetingItem) => ({
  id: one.id,
  topic: one.topic,
  team: one.team.name,
  when: whenOf(one),
  tag: wordFor('meetingStates', one.state),
  tone: tones[one.state],
  came: cameOf(one),
  outcome: outcomeOf(one),
})

export const views = [
  { value: 'all', text: '全部', filter: {} },
  { value: 'planned', text: '待召开', filter: { states: ['planned'] } },
  { value: 'held', text: '已召开', filter: { states: ['held'] } },
] as const
