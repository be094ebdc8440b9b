// A rectification as a line: what was rated, by whom it is put right, and what is next.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

type Rectification = ItemOf<'rectification.list'>

const tones: Record<Rectification['state'], string> = {
  assigned: 'bad',
  verified: 'warn',
  resolved: 'info',
  closed: 'good',
}

/** What is owed, by state; the server keeps the days. */
const owed: Record<Rectification['state'], (one: Rectification) => string> = {
  assigned: ({ verifyDueOn }) => `${dayText(verifyDueOn)}前核实`,
  verified: ({ resolveDueOn }) => `${dayText(resolveDueOn)}前整改`,
  resolved: () => '整改好了，等回访企业',
  closed: ({ verdict }) => `核实结果：${wordFor('verdicts', verdict)}`,
}

export const lineOf = (one: Rectification) => ({
  id: one.id,
  title: one.case.title,
  tag: wordFor('rectificationStates', one.state),
  tone: tones[one.state],
  said: `评价「${wordFor('ratings', one.score)}」${one.text ? `：${one.text}` : ''}`,
  who: `被评 ${one.ratedOfficer ?? '没有指明'} · 处理 ${one.handler?.name ?? '还没有人'}`,
  next: owed[one.state](one),
})

/** The lists of the page; one that was opened from a number shows just what that number counted. */
export const views = [
  { value: 'open', text: '没办完', filter: { states: ['assigned', 'verified', 'resolved'] } },
  { value: 'late', text: '超期', filter: { isOverdue: true } },
  { value: 'closed', text: '已办结', filter: { states: ['closed'] } },
  { value: 'all', text: '全部', filter: {} },
] as const
