// One tip in the words of its page, part by part.
import { dayText, momentText } from '../../services/dates'
import { yuanText } from '../../services/money'
import { wordFor } from '../../services/words'
import type { Step } from '../components/steps/index'
import { districtName, dueText, type TipView, tipLine } from '../services/tipWords'

interface Pair {
  name: string
  text: string
}

const given = (pairs: Pair[]): Pair[] => pairs.filter(({ text }) => text !== '')

export const headOf = (tip: TipView) => ({
  ...tipLine(tip),
  violation: wordFor('violations', tip.violation),
  due: dueText(tip),
  pairs: given([
    {
      name: '举报',
      text: `${dayText(tip.submittedOn)}，${tip.isNamed ? '实名' : '匿名'}${tip.wantsReward ? '，要奖励' : ''}`,
    },
    { name: '时间', text: tip.happened ?? '' },
    { name: '地点', text: [districtName(tip.districtCode), tip.address ?? ''].filter(Boolean).join('，') },
    { name: '代码', text: tip.creditCode ?? '' },
    { name: '承办', text: [tip.unit?.name ?? '', tip.handler ?? '还没有承办人'].filter(Boolean).join('　') },
  ]),
})

/** What was found and what was done about it; empty before. */
export const outcomeOf = (tip: TipView) => ({
  found: given([
    { name: '结果', text: tip.finding ? wordFor('findings', tip.finding) : '' },
    { name: '事实', text: tip.facts ?? '' },
  ]),
  decided: given([
    { name: '处理', text: tip.decision ? wordFor('tipDecisions', tip.decision) : '' },
    { name: '文号', text: tip.decisionNumber ?? '' },
    { name: '日期', text: dayText(tip.decidedOn) },
    { name: '罚款', text: tip.penaltyFen === null ? '' : yuanText(tip.penaltyFen) },
    { name: '回复', text: tip.reply ?? '' },
  ]),
})

/** What branches were asked to check, and what they found. */
export const checksOf = ({ checks }: TipView) =>
  checks.map(({ id, number, state, unit, dueOn, answeredOn, outcome }) => ({
    id,
    number,
    unit: unit.name,
    said: outcome
      ? `${wordFor('leadOutcomes', outcome)}，${dayText(answeredOn)}反馈`
      : dueOn
        ? `${dayText(dueOn)}前反馈`
        : '',
    tag: wordFor('leadStates', state),
  }))

export const othersOf = ({ others }: TipView) =>
  others.map(({ id, number, state, submittedOn }) => ({
    id,
    text: `${dayText(submittedOn)}举报`,
    number,
    tag: wordFor('tipStates', state),
  }))

/** Of what the informer did only the day is kept. */
const byInformer: readonly string[] = ['tip.submit', 'tip.add']

/** Verbs whose words only staff read. */
const internal: readonly string[] = ['tip.note', 'tip.check', 'tip.assign', 'tip.markPriority']

export const stepsOf = ({ timeline }: TipView): Step[] =>
  [...timeline]
    .sort((one, other) => new Date(other.at).getTime() - new Date(one.at).getTime())
    .map(({ id, verb, at, by, text, files }) => ({
      id,
      what: wordFor('tipVerbs', verb),
      by,
      when: byInformer.includes(verb) ? dayText(at) : momentText(at),
      text: text ?? '',
      // What came with the tip stands above, beside its words.
      files: verb === 'tip.submit' ? [] : files,
      isInternal: internal.includes(verb),
    }))
