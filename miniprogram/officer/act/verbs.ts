// What staff do with a case, as data: for each verb what is asked, what it is called, and what to know before.
import type { CaseView } from '../../services/api'

export type ActVerb =
  | 'answer'
  | 'askMore'
  | 'note'
  | 'transfer'
  | 'assist'
  | 'assistReply'
  | 'extend'
  | 'decline'
  | 'agreeExtension'
  | 'agreeDecline'
  | 'assign'
  | 'release'

export interface Question {
  name: string
  kind: 'prose' | 'line' | 'unit' | 'staff' | 'choice' | 'files'
  label: string
  hint?: string
  placeholder?: string
  isOptional?: boolean
  max?: number
  /** Canned replies may be put in. */
  takesReplies?: boolean
  options?: { value: string; label: string }[]
  /** How the words of a choice go to the server. */
  as?: 'number' | 'boolean'
  /** Whose people: of the unit chosen above, or of the case's own. */
  staffOf?: 'chosen' | 'case'
}

export interface Act {
  title: string
  button: string
  done: string
  hint?: string
  questions: Question[]
  /** What was asked for and is now to be decided. */
  pending?: (view: CaseView) => { title: string; lines: string[] } | undefined
}

const files: Question = { name: 'fileIds', kind: 'files', label: '附件', isOptional: true }
const unit = (label: string): Question => ({ name: 'unitId', kind: 'unit', label })
const agree = (yes: string, no: string): Question => ({
  name: 'agree',
  kind: 'choice',
  as: 'boolean',
  label: '您的意见',
  options: [
    { value: 'true', label: yes },
    { value: 'false', label: no },
  ],
})
const why = (label: string, more: Partial<Question> = {}): Question => ({
  name: 'reason',
  kind: 'prose',
  label,
  max: 500,
  ...more,
})
const opinion: Question = { name: 'text', kind: 'prose', label: '说明', isOptional: true, max: 500 }

export const acts: Record<ActVerb, Act> = {
  answer: {
    title: '答复企业',
    button: '发出答复',
    done: '已答复',
    questions: [
      {
        name: 'text',
        kind: 'prose',
        label: '答复内容',
        hint: '直接说怎么办、要什么、多久，企业一看就明白',
        placeholder: '写给企业的话',
        max: 5000,
        takesReplies: true,
      },
      files,
    ],
  },
  askMore: {
    title: '请企业补充',
    button: '发给企业',
    done: '已发给企业',
    hint: '企业补充之前不计办理时间。请一次说全。',
    questions: [
      {
        name: 'text',
        kind: 'prose',
        label: '要补充什么',
        placeholder: '逐条写清楚：缺什么，什么样的，怎么给',
        max: 5000,
        takesReplies: true,
      },
      files,
    ],
  },
  note: {
    title: '内部记录',
    button: '记下来',
    done: '已记下',
    hint: '只有工作人员看得到，企业看不到。',
    questions: [
      { name: 'text', kind: 'prose', label: '记什么', placeholder: '如：已电话联系，约周五看现场', max: 5000 },
    ],
  },
  transfer: {
    title: '转给别的单位',
    button: '转过去',
    done: '已转办',
    hint: '转办的原因企业看得到。转走后您仍能看到进展。',
    questions: [
      unit('转给哪个单位'),
      {
        name: 'officerId',
        kind: 'staff',
        staffOf: 'chosen',
        label: '交给谁',
        hint: '不选，由那个单位按规则分派',
        isOptional: true,
      },
      why('为什么转', { placeholder: '如：项目在浑南区，由浑南分局办理' }),
    ],
  },
  assist: {
    title: '请别的单位会办',
    button: '发出会办',
    done: '已请会办',
    hint: '这件诉求还是您办，对方给意见。企业看不到会办内容。',
    questions: [
      unit('请哪个单位'),
      {
        name: 'text',
        kind: 'prose',
        label: '请对方看什么',
        placeholder: '如：请看看废水能不能接入园区污水厂',
        max: 2000,
      },
    ],
  },
  assistReply: {
    title: '会办意见',
    button: '回复意见',
    done: '已回复',
    hint: '意见发给承办人，企业看不到。',
    questions: [
      { name: 'text', kind: 'prose', label: '我们的意见', placeholder: '能不能、依据什么、要注意什么', max: 5000 },
    ],
  },
  extend: {
    title: '申请延期',
    button: '提交申请',
    done: '已申请延期',
    hint: '市局同意后才延期，企业会收到新的日期。最多延两次。',
    questions: [
      {
        name: 'workdays',
        kind: 'choice',
        as: 'number',
        label: '延几个工作日',
        options: [1, 2, 3, 4, 5].map((days) => ({ value: String(days), label: `${days}个` })),
      },
      why('为什么要延', { placeholder: '如：要去现场看排口，约在下周二' }),
    ],
  },
  decline: {
    title: '不予办理',
    button: '提交，等另一人同意',
    done: '已提交，等同意',
    hint: '要有依据，并由另一个人同意后才生效，会登记备案。能指路的，请告诉企业该找谁。',
    questions: [
      { name: 'basis', kind: 'line', label: '依据', placeholder: '文件名称和条款', max: 200 },
      why('怎么跟企业说', { max: 2000, placeholder: '为什么办不了，企业可以找哪个部门' }),
    ],
  },
  agreeExtension: {
    title: '延期申请',
    button: '确定',
    done: '已处理',
    questions: [agree('同意延期', '不同意'), opinion],
    pending: ({ pendingExtension: asked }) =>
      asked ? { title: `${asked.by}申请延${asked.workdays}个工作日`, lines: [asked.reason] } : undefined,
  },
  agreeDecline: {
    title: '不予办理，等您定',
    button: '确定',
    done: '已处理',
    hint: '同意后诉求就此结束，理由会发给企业，并登记备案。',
    questions: [agree('同意不予办理', '不同意，继续办'), opinion],
    pending: ({ pendingDecline: asked }) =>
      asked
        ? { title: `${asked.by}提出不予办理`, lines: [`依据：${asked.basis}`, `理由：${asked.reason}`] }
        : undefined,
  },
  assign: {
    title: '指派承办人',
    button: '指派',
    done: '已指派',
    questions: [
      { name: 'officerId', kind: 'staff', staffOf: 'case', label: '交给谁' },
      why('原因', { isOptional: true, placeholder: '如：他熟悉这个园区' }),
    ],
  },
  release: {
    title: '审核企业写的内容',
    button: '确定',
    done: '已处理',
    hint: '自动检查没有通过或没有完成。放行后，企业的其他成员也能看到；办理时间不受影响。',
    questions: [
      {
        name: 'isAllowed',
        kind: 'choice',
        as: 'boolean',
        label: '这些内容',
        options: [
          { value: 'true', label: '没有问题，放行' },
          { value: 'false', label: '先不公开' },
        ],
      },
    ],
  },
}

export const isActVerb = (verb: string): verb is ActVerb => Object.keys(acts).includes(verb)
