// A tip as its informer reads it: where it stands, until when, what was said, step by step.
import type { Output } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { rewardLine } from './claims'

export type Progress = Output<'tip.track'>
export type MineItem = Output<'tip.mine'>['items'][number]
type State = Progress['state']

const tones: Record<State, string> = {
  received: 'warn',
  accepted: 'info',
  refused: 'bad',
  transferred: '',
  verified: 'info',
  concluded: 'good',
}

/** What each step is to the one who informed. */
const steps: Record<string, string> = {
  'tip.submit': '收到您的举报',
  'tip.add': '您补充的情况',
  'tip.accept': '决定受理',
  'tip.refuse': '不予受理',
  'tip.transfer': '移送给有管辖权的机关',
  'tip.reply': '承办人员告诉您',
  'tip.verify': '查证完了',
  'tip.conclude': '办结',
}

type Standing = Pick<Progress, 'state' | 'acceptBy' | 'concludeBy' | 'isProvisional' | 'finding'>

function standingOf({ state, acceptBy, concludeBy, isProvisional, finding }: Standing): string {
  const by = (day: string | null, what: string) =>
    day ? `${dayText(day)}${isProvisional ? '（暂定）' : ''}前${what}` : ''
  const found = finding ? `查证结果：${wordFor('findings', finding)}` : ''
  const said: Record<State, string[]> = {
    received: [by(acceptBy, '告诉您受不受理')],
    accepted: ['正在查', by(concludeBy, '办结')],
    refused: ['没有受理，理由在下面'],
    transferred: ['不归我们管，已经移送'],
    verified: [found, by(concludeBy, '办结')],
    concluded: [found],
  }
  return said[state].filter(Boolean).join('，')
}

export const lineOf = (tip: MineItem) => ({
  number: tip.number,
  firm: tip.firmName,
  tag: wordFor('tipStates', tip.state),
  tone: tones[tip.state],
  about: `${wordFor('violations', tip.violation)} · ${dayText(tip.submittedOn)}举报`,
  standing: standingOf(tip),
  reward: tip.reward ? `奖励${rewardLine(tip.reward)}` : '',
})
export type Line = ReturnType<typeof lineOf>

export const progressOf = (tip: Progress) => ({
  ...lineOf(tip),
  about: `${wordFor('violations', tip.violation)} · ${dayText(tip.submittedOn)}举报 · ${tip.isNamed ? '留了姓名' : '没留姓名'}${tip.wantsReward ? '，要奖励' : ''}`,
  reply: tip.reply ?? '',
  /** Wanted, and nothing decided about it yet. */
  awaitsReward: tip.wantsReward && tip.reward === null && tip.state === 'concluded',
  mayAdd: tip.mayAdd,
  steps: tip.steps.map(({ id, verb, at, text, isOwn, files }) => ({
    id,
    title: steps[verb] ?? (isOwn ? '您补充的情况' : '有新进展'),
    // Of what the informer did only the day is kept.
    when: isOwn ? dayText(at) : momentText(at),
    text: text ?? '',
    files,
  })),
})
export type ProgressView = ReturnType<typeof progressOf>
