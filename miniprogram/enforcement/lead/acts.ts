// WHAT IS DONE WITH A LEAD besides answering it, the likeliest first. `can` of the view says which apply.
import { wordFor } from '../../services/words'
import type { LeadView } from '../services/leadWords'

export interface Act {
  verb: 'lead.send' | 'lead.close' | 'lead.return'
  title: string
  hint: string
  done: string
  /** What is to be written: nothing, perhaps something, or something for sure. */
  text: 'none' | 'optional' | 'needed'
  label: string
  placeholder: string
}

const nothing = { text: 'none', label: '', placeholder: '' } as const

const actsFor: Record<Act['verb'], (view: LeadView) => Act> = {
  'lead.send': ({ unit, term }) => ({
    verb: 'lead.send',
    title: '移交分局',
    hint: `移交给${unit.name}核查，${term.days}${wordFor('leadTermUnits', term.unit)}内反馈，从明天起算。`,
    done: '已移交',
    ...nothing,
  }),
  'lead.close': (view) =>
    view.state === 'new'
      ? {
          verb: 'lead.close',
          title: '不用移交，办结',
          hint: '查明不用分局核查的，写明原因。',
          done: '已办结',
          text: 'needed',
          label: '为什么不用移交',
          placeholder: '如：企业在国家平台标记为停炉，已采纳',
        }
      : {
          verb: 'lead.close',
          title: '办结',
          hint: view.source === 'platform' ? '反馈清楚的，回复国家平台，再办结。' : '反馈清楚的，办结。',
          done: '已办结',
          text: 'optional',
          label: '办结说明',
          placeholder: view.source === 'platform' ? '如：已在国家平台反馈' : '如：已责令改正，移交立案',
        },
  'lead.return': () => ({
    verb: 'lead.return',
    title: '退回补充',
    hint: '退回分局补充，原来的期限不变。',
    done: '已退回',
    text: 'needed',
    label: '还要补充什么',
    placeholder: '如：请补充现场监测数据',
  }),
}

/** In the order in which they are offered. */
const order = ['lead.send', 'lead.close', 'lead.return'] as const

export const actsOf = (view: LeadView): Act[] =>
  order.filter((verb) => view.can.includes(verb)).map((verb) => actsFor[verb](view))
