/** Numbers as they leave the server: each with the list that shows what it counted. */
import { openStates } from '../cases/states.js'
import type { Counts } from './dayCounts.js'
import type { ListFilter } from './contract.js'
import type { OpenCounts } from './open.js'
import type { Period } from './period.js'
import type { Reach } from './reach.js'

export type Listed = Reach['listed'] & { officerId?: string }

export const casesListed = (listed: Listed, input: Record<string, unknown>): ListFilter => ({
  verb: 'case.list',
  input: { ...listed, ...input },
})

/** In percent. Rounded, like an average, to one decimal; null where nothing was counted. */
export const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10)
export const average = (sum: number, of: number) => (of === 0 ? null : Math.round((sum / of) * 10) / 10)

/** What is due, and how what was due has been answered. */
export function workload(listed: Listed, { from, to }: Period, open: OpenCounts, ended: Counts) {
  const answered = casesListed(listed, { answeredFrom: from, answeredTo: to })
  const ratio = (value: number | null) => ({ value, of: ended.answered, filter: answered })
  return {
    dueSoon: { value: open.dueSoon, filter: casesListed(listed, { due: 'soon' }) },
    dueToday: { value: open.dueToday, filter: casesListed(listed, { due: 'today' }) },
    overdue: { value: open.overdue, filter: casesListed(listed, { due: 'overdue' }) },
    answered: { value: ended.answered, filter: answered },
    averageWorkdays: ratio(average(ended.usedWorkdays, ended.answered)),
    promisedWorkdays: ratio(average(ended.promisedWorkdays, ended.answered)),
    inTimeShare: ratio(share(ended.answeredInTime, ended.answered)),
  }
}

/** 好差评五级 (国办发〔2019〕51号). */
const levels = [
  [5, '非常满意'],
  [4, '满意'],
  [3, '基本满意'],
  [2, '不满意'],
  [1, '非常不满意'],
] as const

const endings = ['closed', 'declined', 'withdrawn'] as const

/** All that can be said of cases alone. */
export function caseFigures(listed: Listed, period: Period, open: OpenCounts, answered: number, ended: Counts) {
  const within = { closedFrom: period.from, closedTo: period.to }
  const now = (state: (typeof openStates)[number]) => ({
    value: open[state],
    filter: casesListed(listed, { states: [state] }),
  })
  const over = (state: (typeof endings)[number]) => ({
    value: ended[state],
    filter: casesListed(listed, { states: [state], ...within }),
  })
  return {
    ...workload(listed, period, open, ended),
    states: {
      assigned: now('assigned'),
      handling: now('handling'),
      waiting: now('waiting'),
      answered: { value: answered, filter: casesListed(listed, { states: ['answered'] }) },
      closed: over('closed'),
      declined: over('declined'),
      withdrawn: over('withdrawn'),
    },
    submitted: { value: ended.submitted, filter: casesListed(listed, { from: period.from, to: period.to }) },
    unassigned: { value: open.unassigned, filter: casesListed(listed, { states: openStates, isUnassigned: true }) },
    held: { value: open.held, filter: casesListed(listed, { states: openStates, review: 'held' }) },
    ratings: levels.map(([score, name]) => ({
      score,
      name,
      value: ended[`rating${score}`],
      filter: casesListed(listed, { rating: score, ...within }),
    })),
  }
}
