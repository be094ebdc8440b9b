// A lead in words: what exceeded what, where it stands, how long is left.
import type { ItemOf, Output } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'

export type LeadItem = ItemOf<'lead.list'>
export type LeadView = Output<'lead.read'>

const tones: Record<LeadItem['state'], string> = {
  new: 'info',
  sent: 'warn',
  returned: 'warn',
  answered: 'info',
  closed: 'good',
}

/** 氮氧化物 152.5 mg/m³，限值 100；what is not known is left out. */
export function factOf({ pollutant, value, limit, measure }: LeadItem): string {
  const unit = measure ? ` ${measure}` : ''
  const measured = [pollutant ?? '', value === null ? '' : `${value}${unit}`].filter((part) => part !== '').join(' ')
  return [measured, limit === null ? '' : `限值 ${limit}${unit}`].filter((part) => part !== '').join('，')
}

/** Where it is with its days; empty where nothing is owed. */
export function dueOf({ dueOn, daysLeft, isOverdue }: LeadItem, unit = '天'): string {
  if (daysLeft === null) return ''
  const day = dayText(dueOn)
  if (isOverdue) return `${day}到期，已超期${-daysLeft}${unit}`
  return daysLeft === 0 ? `今天（${day}）到期` : `${day}到期，还有${daysLeft}${unit}`
}

export const lateMark = ({ isOverdue, isInTime }: LeadItem): string =>
  isOverdue ? '已超期' : isInTime === false ? '超期反馈' : ''

export const lineOf = (item: LeadItem, chosen: readonly string[] = []) => ({
  id: item.id,
  firm: item.firmName,
  tag: wordFor('leadStates', item.state),
  tone: tones[item.state],
  late: lateMark(item),
  fact: factOf(item),
  place: [item.outlet ?? '', item.exceededAt ? momentText(item.exceededAt) : '']
    .filter((part) => part !== '')
    .join(' · '),
  about: [wordFor('leadSources', item.source), item.unit.name].join(' · '),
  number: item.number,
  due: dueOf(item),
  isLate: item.isOverdue,
  outcome: item.outcome ? `${wordFor('leadOutcomes', item.outcome)}，${dayText(item.answeredOn)}反馈` : '',
  canSend: item.can.includes('lead.send'),
  isOn: chosen.includes(item.id),
})
export type LeadLine = ReturnType<typeof lineOf>

interface Pair {
  name: string
  text: string
}

const pairsOf = (view: LeadView): Pair[] =>
  [
    { name: '排放口', text: view.outlet ?? '' },
    { name: '超标', text: factOf(view) },
    { name: '时间', text: momentText(view.exceededAt) },
    { name: '来源', text: wordFor('leadSources', view.source) },
    { name: '平台编号', text: view.reference ?? '' },
    { name: '信用代码', text: view.creditCode ?? '' },
    { name: '区县', text: view.district ?? '' },
    { name: '核查分局', text: view.unit.name },
  ].filter(({ text }) => text !== '')

/** By which rule the last day is counted, and that nobody has confirmed it; while an answer is owed. */
const termOf = ({ term, daysLeft }: LeadView): string => {
  const rule = `移交后${term.days}${wordFor('leadTermUnits', term.unit)}内反馈`
  return daysLeft === null ? '' : `${rule}${term.isConfirmed ? '' : `。${term.note}`}`
}

export const factsOf = (view: LeadView) => ({
  number: view.number,
  firm: view.firmName,
  tag: wordFor('leadStates', view.state),
  tone: tones[view.state],
  late: lateMark(view),
  due: dueOf(view, view.term.unit === 'day' ? '天' : '个工作日'),
  isLate: view.isOverdue,
  term: termOf(view),
  text: view.text ?? '',
  files: view.files,
  made: `${dayText(view.createdOn)}登记${view.createdBy ? `，${view.createdBy}` : ''}`,
  pairs: pairsOf(view),
  timeline: view.timeline.map((entry) => ({
    id: entry.id,
    title: wordFor('leadSteps', entry.verb),
    who: [entry.by ? `${entry.by.unit} ${entry.by.name}` : '', momentText(entry.at)]
      .filter((part) => part !== '')
      .join('　'),
    outcome: entry.outcome ? wordFor('leadOutcomes', entry.outcome) : '',
    measured: entry.measured ? `现场监测：${entry.measured}` : '',
    text: entry.text ?? '',
    files: entry.files,
  })),
})
