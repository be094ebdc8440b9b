// One day's reconciliation: what differs, line by line, and the note that settles it.
import type { Output } from '../../services/api'
import type { Question } from '../../components/ask/question'
import { momentText, weekdayText } from '../../services/dates'
import { yuanText } from '../../services/money'

export type Day = Output<'reconciliation.read'>

export const headOf = (day: Day) => {
  const open = day.lines.filter(({ settledBy }) => settledBy === null).length
  return {
    day: weekdayText(day.on),
    tag: day.isEqual ? '相符' : open > 0 ? `${open}笔不符` : '不符的都说明了',
    tone: day.isEqual ? 'good' : open > 0 ? 'bad' : 'warn',
    pairs: [
      { name: '笔数', text: `${day.bills}笔` },
      { name: '我方', text: yuanText(day.oursFen) },
      { name: '对方', text: yuanText(day.theirsFen) },
      { name: '对账', text: momentText(day.at) },
    ],
  }
}

const said = (words: string, fen: number): string => [words, fen === 0 ? '' : yuanText(fen)].filter(Boolean).join('，')

export const linesOf = (day: Day) =>
  day.lines.map((line) => ({
    key: line.key,
    rewardId: line.rewardId ?? '',
    number: line.tipNumber ?? line.reference ?? line.key,
    reference: line.tipNumber ? (line.reference ?? '') : '',
    pairs: [
      { name: '我方', text: said(line.ours, line.oursFen) },
      { name: '对方', text: said(line.theirs, line.theirsFen) },
    ],
    note: line.note ?? '',
    settledBy: line.settledBy ?? '',
    canSettle: line.settledBy === null && day.can.includes('reconciliation.settle'),
  }))

export const settling = (id: string, key: string, number: string): Question => ({
  form: `reconciliation.${id}.${key}`,
  title: '说明这一笔',
  about: number,
  label: '怎么回事，怎么处理的',
  hint: '如：微信侧晚到账，次日已平',
  button: '记下说明',
  most: 500,
  isLine: false,
  choices: [],
  freeCode: '',
})
