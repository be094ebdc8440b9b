// A bad rating on its way: what was said, what was done about it, and the one step that is next.
import type { Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { choicesOf } from '../../services/choices'

export type Rectification = Output<'rectification.read'>
export type StepVerb =
  | 'rectification.verify'
  | 'rectification.resolve'
  | 'rectification.callBack'
  | 'rectification.decideAppeal'

export interface Step {
  verb: StepVerb
  title: string
  hint: string
  button: string
  done: string
  /** The field of the text, and what it is called. */
  text: { name: string; label: string; placeholder: string }
  choice?: { name: string; label: string; options: () => { value: string; label: string }[]; isYesNo?: boolean }
}

const steps: Step[] = [
  {
    verb: 'rectification.decideAppeal',
    title: '复核申诉',
    hint: '被评价人有异议。成立的，按误评办结；不成立的，照常核实、整改。',
    button: '复核完了',
    done: '已复核',
    choice: {
      name: 'isUpheld',
      label: '申诉成立吗',
      isYesNo: true,
      options: () => [
        { value: 'true', label: '成立' },
        { value: 'false', label: '不成立' },
      ],
    },
    text: { name: 'finding', label: '复核情况', placeholder: '看了哪些记录，为什么成立或不成立' },
  },
  {
    verb: 'rectification.verify',
    title: '先核实',
    hint: '打电话问企业哪里不满意，再看办理经过。',
    button: '核实完了',
    done: '已核实',
    choice: {
      name: 'verdict',
      label: '核实的结果',
      options: () => choicesOf('verdicts'),
    },
    text: { name: 'finding', label: '核实情况', placeholder: '企业怎么说，办理中哪里没做好' },
  },
  {
    verb: 'rectification.resolve',
    title: '再整改',
    hint: '要让企业的事真正办好，也写下以后怎么避免。',
    button: '整改完了',
    done: '已记下整改',
    text: { name: 'measures', label: '怎么改的', placeholder: '如：重新答复，并附上材料样表' },
  },
  {
    verb: 'rectification.callBack',
    title: '最后回访',
    hint: '整改后再问一次企业。',
    button: '记下回访',
    done: '已回访',
    choice: {
      name: 'isSatisfied',
      label: '企业满意吗',
      isYesNo: true,
      options: () => [
        { value: 'true', label: '满意了' },
        { value: 'false', label: '还不满意' },
      ],
    },
    text: { name: 'text', label: '企业怎么说', placeholder: '回访时企业的原话' },
  },
]

/** The next step, if it is this reader's. */
export const stepOf = ({ can }: Rectification): Step | null => steps.find(({ verb }) => can.includes(verb)) ?? null

const tones: Record<Rectification['state'], string> = {
  assigned: 'bad',
  verified: 'warn',
  resolved: 'info',
  closed: 'good',
}

export function viewOf(row: Rectification) {
  const { state, score, text, ratedOfficer, handler, createdAt, verifyDueOn, resolveDueOn } = row
  const due: Partial<Record<Rectification['state'], string>> = {
    assigned: `${dayText(verifyDueOn)}前核实`,
    verified: `${dayText(resolveDueOn)}前整改完`,
  }
  return {
    state: wordFor('rectificationStates', state),
    tone: tones[state],
    due: due[state] ?? '',
    score: wordFor('ratings', score),
    text: text ?? '企业没有写原因',
    about: [ratedOfficer ? `被评价：${ratedOfficer}` : '', handler ? `整改：${handler.name}` : '']
      .filter(Boolean)
      .join('　'),
    when: `${dayText(createdAt)}评价`,
    case: row.case,
    past: pastOf(row),
  }
}

function pastOf({
  verdict,
  finding,
  verifiedOn,
  measures,
  resolvedOn,
  callBack,
  calledBackOn,
  isSatisfied,
  appeal,
  secondScore,
  secondOn,
}: Rectification) {
  return [
    { title: '申诉', on: appeal?.on ?? null, result: '', text: appeal?.text ?? '' },
    {
      title: '复核',
      on: appeal?.decidedOn ?? null,
      result: wordFor('appealResults', appeal?.result ?? null),
      text: appeal?.finding ?? '',
    },
    { title: '核实', on: verifiedOn, result: wordFor('verdicts', verdict), text: finding },
    { title: '整改', on: resolvedOn, result: '', text: measures },
    { title: '回访', on: calledBackOn, result: isSatisfied ? '企业满意' : '企业还不满意', text: callBack },
    { title: '再次评价', on: secondOn, result: wordFor('ratings', secondScore), text: '' },
  ].flatMap(({ title, on, result, text }) => (on ? [{ title, when: dayText(on), result, text: text ?? '' }] : []))
}

export interface RectificationFields {
  choice: string
  text: string
}

export function inputOf(step: Step, { id, version }: Rectification, { choice, text }: RectificationFields) {
  const value = step.choice?.isYesNo ? choice === 'true' : choice
  return { id, version, [step.text.name]: text, ...(step.choice && choice && { [step.choice.name]: value }) }
}
