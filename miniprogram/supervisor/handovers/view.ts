// A month's list of approvals as a line: how many, and who has acknowledged it.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

export type HandoverItem = ItemOf<'handover.list'>

const tones: Record<HandoverItem['state'], string> = { open: 'info', sent: 'warn', acknowledged: 'good' }

export const monthText = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`

export const lineOf = (one: HandoverItem) => ({
  id: one.id,
  month: monthText(one.month),
  tag: wordFor('handoverStates', one.state),
  tone: tones[one.state],
  count: `批复${one.approvals}件`,
  sent: one.sentAt ? `${dayText(one.sentAt)}移交` : '',
  awaited: one.awaited.length > 0 ? `等签收：${one.awaited.map(({ name }) => name).join('、')}` : '',
  mine: one.can.includes('handover.acknowledge') ? '等您的单位签收' : '',
})

export const views = [
  { value: 'all', text: '全部', filter: {} },
  { value: 'awaits', text: '等我签收', filter: { awaitsMe: true } },
  { value: 'open', text: '还没移交', filter: { states: ['open'] } },
  { value: 'sent', text: '等签收', filter: { states: ['sent'] } },
] as const
