// What staff do with a tip or a reward, as data: for each verb what is asked, what it is called, and what to know before.
import type { Output } from '../../services/api'
import { choicesOf } from '../../services/choices'
import { dayText } from '../../services/dates'
import { yuanText } from '../../services/money'
import { districts, wordFor } from '../../services/words'
import type { RewardView } from '../services/rewardWords'
import type { TipView } from '../services/tipWords'

export interface Option {
  value: string
  label: string
}

/** What the page knows while it asks. */
export interface Context {
  tip: TipView | null
  reward: RewardView | null
  rules: Output<'reward.rules'> | null
}

export interface Question {
  name: string
  kind: 'line' | 'prose' | 'choice' | 'staff' | 'files' | 'day' | 'money'
  label: string
  hint?: string
  placeholder?: string
  isOptional?: boolean
  max?: number
  options?(context: Context): Option[]
  /** Only with these answers. */
  isAsked?(texts: Record<string, string>, context: Context): boolean
}

export interface Act {
  subject: 'tip' | 'reward'
  /** The name under which the subject's id is sent. */
  idName: 'id' | 'tipId'
  title: string
  button: string
  done: string
  hint?: string
  /** The same, where it depends. */
  hintOf?(context: Context): string
  questions: readonly Question[]
  /** What goes along unasked. */
  along?(context: Context): object
}

const tip = { subject: 'tip', idName: 'id' } as const
const reward = { subject: 'reward', idName: 'id' } as const
const reason = (label: string, placeholder: string, max = 500): Question => ({
  name: 'reason',
  kind: 'prose',
  label,
  placeholder,
  max,
})
const opinion: Question = { name: 'text', kind: 'prose', label: '说明', isOptional: true, max: 500 }
const files: Question = { name: 'fileIds', kind: 'files', label: '照片和文件', isOptional: true }

const levelOptions = ({ rules }: Context): Option[] =>
  (rules?.levels ?? [])
    .filter(({ amountFen }) => amountFen !== null)
    .map(({ level, amountFen, confirmed }) => ({
      value: level,
      label: `${wordFor('rewardLevels', level)} ${yuanText(amountFen ?? 0)}${confirmed ? '' : '（待市局确认）'}`,
    }))

const sameMatterOptions = ({ tip: view }: Context): Option[] => [
  { value: '', label: '没有' },
  ...(view?.others ?? []).map(({ id, number, submittedOn }) => ({
    value: id,
    label: `${dayText(submittedOn)} ${number}`,
  })),
]

export const acts: Record<string, Act> = {
  'tip.accept': {
    ...tip,
    title: '受理',
    button: '受理',
    done: '已受理',
    hint: '举报人凭编号和查询码看得到已经受理。',
    questions: [{ ...opinion, label: '告诉举报人的话', placeholder: '如：已受理，将安排夜间检查' }],
  },
  'tip.refuse': {
    ...tip,
    title: '不予受理',
    button: '不予受理',
    done: '已登记不予受理',
    hint: '依据和理由举报人看得到。能指路的，请告诉该找哪个部门。',
    questions: [
      { name: 'basis', kind: 'line', label: '依据', placeholder: '文件名称和条款', max: 200 },
      reason('理由', '如：反映的事项不属于生态环境部门职责', 1000),
    ],
  },
  'tip.transfer': {
    ...tip,
    title: '移送别的机关',
    button: '移送',
    done: '已移送',
    hint: '移送到哪里、为什么，举报人看得到。谁举报的不移送。',
    questions: [
      { name: 'to', kind: 'line', label: '移送到哪个机关', placeholder: '机关全称', max: 100 },
      reason('为什么移送', '如：油烟扰民归该机关管辖', 1000),
    ],
  },
  'tip.assign': {
    ...tip,
    title: '换承办人',
    button: '交给他',
    done: '已换承办人',
    questions: [{ name: 'postId', kind: 'staff', label: '交给谁' }],
  },
  'tip.note': {
    ...tip,
    title: '内部记录',
    button: '记下来',
    done: '已记下',
    hint: '只有工作人员看得到，举报人看不到。不要写谁是举报人。',
    questions: [
      { name: 'text', kind: 'prose', label: '记什么', placeholder: '如：已联系属地分局夜间监测', max: 2000 },
      files,
    ],
  },
  'tip.check': {
    ...tip,
    title: '请分局现场核查',
    button: '交分局核查',
    done: '已交分局核查',
    hint: '分局收到的是一条线索，只看得到单位和您写的这几句，看不到举报。请不要提举报、举报编号和举报人。',
    questions: [
      {
        name: 'text',
        kind: 'prose',
        label: '请分局查什么',
        placeholder: '如：请夜间查看喷漆工序和废气治理设施是否运行',
        max: 1000,
      },
      {
        name: 'districtCode',
        kind: 'choice',
        label: '在哪个区县',
        options: () => districts().map(({ code, name }) => ({ value: code, label: name })),
        isAsked: (_texts, { tip: view }) => view?.districtCode === null,
      },
    ],
  },
  'tip.reply': {
    ...tip,
    title: '告诉举报人',
    button: '发出',
    done: '已发出',
    hint: '举报人凭编号和查询码看得到。',
    questions: [{ name: 'text', kind: 'prose', label: '写什么', placeholder: '如：已安排夜间检查', max: 1000 }],
  },
  'tip.verify': {
    ...tip,
    title: '登记查证结果',
    button: '登记',
    done: '已登记',
    hint: '查到的事实写给审批奖励的人看，不要写谁是举报人。',
    questions: [
      { name: 'finding', kind: 'choice', label: '结果', options: () => choicesOf('findings') },
      {
        name: 'facts',
        kind: 'prose',
        label: '查到的事实',
        placeholder: '什么时候、在哪里、看到什么、测得多少',
        max: 3000,
      },
      files,
      {
        name: 'sameMatterAs',
        kind: 'choice',
        label: '和以前哪件举报是同一件事',
        hint: '奖励只给第一个举报的人',
        isOptional: true,
        options: sameMatterOptions,
        isAsked: (_texts, { tip: view }) => (view?.others.length ?? 0) > 0,
      },
    ],
  },
  'tip.conclude': {
    ...tip,
    title: '办结，回复举报人',
    button: '办结',
    done: '已办结',
    hint: '处理结果和回复举报人看得到。',
    questions: [
      { name: 'decision', kind: 'choice', label: '怎么处理的', options: () => choicesOf('tipDecisions') },
      {
        name: 'decisionNumber',
        kind: 'line',
        label: '文号',
        placeholder: '如：沈环罚〔2026〕1号',
        isOptional: true,
        max: 60,
        isAsked: ({ decision }) => decision !== undefined && decision !== 'none',
      },
      {
        name: 'decidedOn',
        kind: 'day',
        label: '哪天定的',
        isOptional: true,
        isAsked: ({ decision }) => decision !== undefined && decision !== 'none',
      },
      {
        name: 'penaltyFen',
        kind: 'money',
        label: '罚款多少元',
        placeholder: '如：50000',
        isOptional: true,
        isAsked: ({ decision }) => decision === 'penalty',
      },
      { name: 'reply', kind: 'prose', label: '回复举报人', placeholder: '查到什么，怎么处理的', max: 2000 },
    ],
  },
  'tip.markPriority': {
    ...tip,
    title: '重点信访事项清单',
    button: '确定',
    done: '已登记',
    questions: [reason('原因', '如：三个月内五人次反映')],
    hintOf: ({ tip: view }) => (view?.isPriority ? '这件已在清单里，将移出。' : '列入清单，市局和承办单位都看得到。'),
    along: ({ tip: view }) => ({ isPriority: !view?.isPriority }),
  },
  'reward.propose': {
    subject: 'tip',
    idName: 'tipId',
    title: '认定奖励',
    button: '报两人审批',
    done: '已报审批',
    hint: '金额按奖励标准，由两名审批人先后同意。您和承办这件举报的人不能审批。',
    questions: [
      { name: 'level', kind: 'choice', label: '等级', options: levelOptions },
      reason('认定的理由', '如：举报属实，已立案处罚，首报', 1000),
    ],
  },
  'reward.approve': {
    ...reward,
    title: '同意发放',
    button: '同意',
    done: '已同意',
    hint: '要两名审批人都同意才能领取。同意后占用奖励资金。',
    questions: [opinion],
  },
  'reward.reject': {
    ...reward,
    title: '不同意',
    button: '不同意',
    done: '已退回',
    questions: [reason('为什么不同意', '如：等级偏高，请按一般认定')],
  },
  'reward.withdraw': {
    ...reward,
    title: '撤回认定',
    button: '撤回',
    done: '已撤回',
    questions: [reason('为什么撤回', '如：重新认定等级')],
  },
  'reward.payBank': {
    ...reward,
    title: '登记银行转账',
    button: '登记',
    done: '已登记，等另一人核对',
    hint: '收款的卡号在奖励这一页的“查看举报人”里。先在银行转好，再来登记；另一人对着回单核对以后才算发放。',
    questions: [
      { name: 'paidOn', kind: 'day', label: '哪天转的' },
      { name: 'voucher', kind: 'line', label: '凭证号', placeholder: '银行回单上的编号', max: 60 },
    ],
  },
  'reward.confirmBank': {
    ...reward,
    title: '核对银行转账',
    button: '核对无误',
    done: '已核对',
    hintOf: ({ reward: view }) =>
      `请对着银行回单核对：${yuanText(view?.amountFen ?? 0)}，${dayText(view?.bank?.paidOn ?? null)}转出，凭证号 ${view?.bank?.voucher ?? ''}。核对以后就算发放。`,
    questions: [],
  },
  'reward.returnBank': {
    ...reward,
    title: '银行退回',
    button: '登记退回',
    done: '已登记，请重新转',
    questions: [reason('为什么退回', '如：账号与户名不符')],
  },
  'reward.cancelPayout': {
    ...reward,
    title: '撤销微信转账',
    button: '撤销',
    done: '已请微信撤销',
    hint: '只能撤销本人还没有确认收款的。撤销以后只能走银行转账。',
    questions: [reason('为什么撤销', '如：本人要求改走银行')],
  },
}
