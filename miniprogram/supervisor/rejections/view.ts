// A line of the register of refusals: what, why, on what basis, the two who answer for it, and what the bureau said.
import type { Input, ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { noQuestion, type Question } from '../../components/ask/question'
import { shortUnit } from '../services/numbers'

type Rejection = ItemOf<'rejection.list'>
export type ReviewVerb = 'rejection.review' | 'rejection.correct'

const tones: Record<Rejection['state'], string> = {
  registered: 'warn',
  agreed: 'good',
  toCorrect: 'bad',
  corrected: 'info',
}

/** What the reader can do about a line; `can` says which. */
const acts: readonly { verb: ReviewVerb; word: string }[] = [
  { verb: 'rejection.review', word: '审查' },
  { verb: 'rejection.correct', word: '报纠正结果' },
]

export const lineOf = ({ id, kind, case: of, application, enterprise, unit, ...one }: Rejection) => {
  const act = acts.find(({ verb }) => one.can.includes(verb))
  const subject = application ?? of
  return {
    id,
    version: one.version,
    subjectKind: application ? 'application' : 'case',
    subjectId: subject?.id ?? '',
    link: application ? '看这个办件' : '看这件诉求',
    tag: wordFor('rejectionKinds', kind),
    stateTag: wordFor('rejectionStates', one.state),
    tone: tones[one.state],
    title: subject?.title ?? '建设项目审批申请',
    enterprise: enterprise?.name ?? '',
    pairs: [
      { name: '登记', text: `${dayText(one.registeredOn)}${unit ? ` · ${shortUnit(unit.name)}` : ''}` },
      { name: '依据', text: one.basis },
      { name: '理由', text: one.reason },
      { name: '提出', text: one.proposedBy },
      { name: '同意', text: one.agreedBy },
      ...(one.review
        ? [
            {
              name: '审查',
              text: [`${dayText(one.review.on)} ${one.review.by}`, one.review.remark].filter(Boolean).join('：'),
            },
          ]
        : []),
      ...(one.correction
        ? [{ name: '纠正', text: `${dayText(one.correction.on)} ${one.correction.by}：${one.correction.text}` }]
        : []),
    ],
    verb: act?.verb ?? '',
    word: act?.word ?? '',
  }
}
export type RejectionLine = ReturnType<typeof lineOf>

export const questionFor = ({ id, verb }: RejectionLine): Question =>
  verb === 'rejection.review'
    ? {
        ...noQuestion,
        form: `rejection.review.${id}`,
        title: '审查备案',
        label: '意见',
        hint: '要求纠正的，写明怎样纠正',
        button: '提交',
        choices: [
          { code: 'agree', word: '同意' },
          { code: 'correct', word: '要求纠正' },
        ],
        freeCode: 'agree',
      }
    : {
        ...noQuestion,
        form: `rejection.correct.${id}`,
        title: '报纠正结果',
        label: '怎样纠正的',
        hint: '如：已联系企业重新受理',
        button: '报市局',
        most: 2000,
      }

export const views = [
  { value: '', text: '全部', filter: {} },
  { value: 'open', text: '待审查', filter: { states: ['registered', 'corrected'] } },
  { value: 'toCorrect', text: '要求纠正', filter: { states: ['toCorrect'] } },
  { value: 'application', text: '审批申请', filter: { kind: 'application' } },
  { value: 'help', text: '诉求', filter: { kind: 'help' } },
] as const satisfies readonly { value: string; text: string; filter: Partial<Input<'rejection.list'>> }[]
