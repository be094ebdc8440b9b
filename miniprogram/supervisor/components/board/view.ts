// The figures of the board in the words of the page; each carries the list behind it.
import type { ItemOf, Output } from '../../../services/api'
import type { ListFilter } from '../../../services/filters'
import { daysText, numberText, percentText, shortUnit, widthOf } from '../../services/numbers'
import type { Bar } from '../bars/index'

type Overview = Output<'board.overview'>
type UnitFigures = ItemOf<'board.units'>
interface Count {
  value: number
  filter: ListFilter
}

export interface Figure {
  key: string
  label: string
  text: string
  tone: string
  title: string
  /** Null where there is nothing to open. */
  filter: ListFilter | null
}

const figure = (key: string, label: string, title: string, count: Count, tone = ''): Figure => ({
  key,
  label,
  text: numberText(count.value),
  // Nothing late is nothing to be alarmed at.
  tone: count.value > 0 ? tone : '',
  title,
  filter: count.value > 0 ? count.filter : null,
})

/** What cannot wait. */
export const urgentOf = (all: Overview): Figure[] => [
  figure('overdue', '已超期', '已超期的诉求', all.overdue, 'bad'),
  figure('dueToday', '今天到期', '今天到期的诉求', all.dueToday, 'warn'),
  figure('dueSoon', '快到期', '快到期的诉求', all.dueSoon, 'info'),
]

/** How many wait for the reader's consent; the list is counted here, the board does not have it. */
export interface Pending {
  extension: Consent
  decline: Consent
}
export interface Consent {
  count: Count
  /** There are more than were counted. */
  isMore: boolean
}

export function waitingOf(all: Overview, { extension, decline }: Pending, isLeader: boolean): Figure[] {
  const consent = (key: string, label: string, title: string, { count, isMore }: Consent): Figure => {
    const line = figure(key, label, title, count, 'warn')
    return isMore ? { ...line, text: `${line.text}+` } : line
  }
  return [
    figure('unassigned', '还没人接的诉求', '还没人接的诉求', all.unassigned, 'bad'),
    figure('held', '待审核的内容', '有待审核内容的诉求', all.held, 'warn'),
    // An extension is the supervisor's to agree to.
    ...(isLeader ? [] : [consent('extension', '等我同意的延期', '等我同意延期的诉求', extension)]),
    consent('decline', '等我同意的不予办理', '等我同意不予办理的诉求', decline),
    figure('rectifications', '差评整改', '没有办完的差评整改', all.openRectifications, 'warn'),
  ]
}

/** How the period went. */
export const workOf = (all: Overview): Figure[] => [
  figure('submitted', '收到', '这段时间收到的诉求', all.submitted),
  figure('answered', '答复', '这段时间答复的诉求', all.answered),
  {
    ...figure('inTime', '其中按时', '这段时间答复的诉求', {
      value: all.inTimeShare.of,
      filter: all.inTimeShare.filter,
    }),
    text: percentText(all.inTimeShare),
  },
]

/** Average against promise, as two bars of one scale. */
export function speedOf({ averageWorkdays, promisedWorkdays }: Overview): Bar[] {
  const most = Math.max(averageWorkdays.value ?? 0, promisedWorkdays.value ?? 0)
  const isLate = (averageWorkdays.value ?? 0) > (promisedWorkdays.value ?? 0)
  const bar = (key: string, label: string, value: number | null, tone: string): Bar => {
    const note = value === null ? '还没有答复' : `${value}个工作日`
    return {
      key,
      label,
      note,
      said: `${label}${note}`,
      parts: [{ width: widthOf(value ?? 0, most), tone }],
      canOpen: false,
    }
  }
  return [
    bar('average', '平均用时', averageWorkdays.value, isLate ? 'bad' : 'good'),
    bar('promised', '承诺时间', promisedWorkdays.value, 'calm'),
  ]
}

const underWay = [
  { key: 'assigned', word: '待签收', tone: 'warn' },
  { key: 'handling', word: '办理中', tone: 'info' },
  { key: 'waiting', word: '等企业补充', tone: 'calm' },
  { key: 'answered', word: '已答复，等确认', tone: 'good' },
] as const

/** Where what is under way stands: one bar, and its parts as lines. */
export function statesOf({ states }: Overview) {
  const total = underWay.reduce((sum, { key }) => sum + states[key].value, 0)
  const lines = underWay.map(({ key, word, tone }) => figure(key, word, `${word}的诉求`, states[key], tone))
  return {
    total,
    parts: underWay
      .map(({ key, tone }) => ({ key, tone, width: widthOf(states[key].value, total) }))
      .filter(({ width }) => width > 0),
    // The tone names the colour of the part, also of an empty one.
    lines: lines.map((line, index) => ({ ...line, tone: underWay[index]?.tone ?? '' })),
    said: `手上共${total}件：${lines.map(({ label, text }) => `${label}${text}件`).join('，')}`,
  }
}

export const endedOf = ({ states }: Overview): Figure[] => [
  figure('closed', '已办结', '这段时间办结的诉求', states.closed),
  figure('declined', '不予办理', '这段时间不予办理的诉求', states.declined),
  figure('withdrawn', '企业撤回', '这段时间企业撤回的诉求', states.withdrawn),
]

const ratingTones: Record<number, string> = { 5: 'good', 4: 'good', 3: 'info', 2: 'warn', 1: 'bad' }

export interface OpenBar extends Bar {
  title: string
  filter: ListFilter
}

export function ratingsOf({ ratings }: Overview): OpenBar[] {
  const most = Math.max(0, ...ratings.map(({ value }) => value))
  return ratings.map(({ score, name, value, filter }) => ({
    key: String(score),
    label: name,
    note: `${value}件`,
    said: `${name}，${value}件`,
    parts: [{ width: widthOf(value, most), tone: ratingTones[score] ?? 'calm' }],
    canOpen: value > 0,
    title: `评价「${name}」的诉求`,
    filter,
  }))
}

export const visitsOf = ({ visitsThisWeek: week }: Overview): Figure[] => [
  figure('offered', '等答复', '本周等企业答复的上门服务', week.offered),
  figure('consented', '已约好', '本周企业已同意的上门服务', week.consented),
  figure('held', '已上门', '本周已上门的服务', week.held),
  figure('declined', '企业谢绝', '本周企业谢绝的上门服务', week.declined),
]

export type UnitOrder = 'overdue' | 'open' | 'average'
export const unitOrders: readonly { code: UnitOrder; word: string }[] = [
  { code: 'overdue', word: '按超期' },
  { code: 'open', word: '按在办' },
  { code: 'average', word: '按用时' },
]

export interface UnitLine {
  id: string
  name: string
  open: number
  overdue: number
  average: number | null
}

/** What of a unit's figures the board keeps. */
export const unitLineOf = ({ unit, states, overdue, averageWorkdays }: UnitFigures): UnitLine => ({
  id: unit.id,
  name: shortUnit(unit.name),
  open: states.assigned.value + states.handling.value + states.waiting.value,
  overdue: overdue.value,
  average: averageWorkdays.value,
})

const weights: Record<UnitOrder, (line: UnitLine) => number> = {
  overdue: ({ overdue }) => overdue,
  open: ({ open }) => open,
  average: ({ average }) => average ?? -1,
}

/** The units as bars, the most first; `most` of them. */
export function unitBars(lines: readonly UnitLine[], order: UnitOrder, count = Infinity): Bar[] {
  const weight = weights[order]
  const sorted = [...lines].sort((one, other) => weight(other) - weight(one) || other.open - one.open)
  const longest = Math.max(0, ...lines.map(({ open }) => open))
  return sorted.slice(0, count).map(({ id, name, open, overdue, average }) => {
    const note = `在办${open} · 超期${overdue} · 用时${daysText({ value: average })}`
    return {
      key: id,
      label: name,
      note,
      said: `${name}，在办${open}件，其中超期${overdue}件，平均用时${daysText({ value: average })}`,
      parts: [
        { width: widthOf(overdue, longest), tone: 'bad' },
        { width: widthOf(open - overdue, longest), tone: 'info' },
      ],
      canOpen: true,
    }
  })
}
