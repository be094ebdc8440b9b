// WHAT AN ENTERPRISE SAYS WITH EACH STEP of its case: what is asked for, and what happens then.
import type { FileView } from '../../services/api'

export type EnterpriseVerb = 'case.supply' | 'case.urge' | 'case.withdraw' | 'case.rate' | 'case.reopen'

export interface Act {
  title: string
  /** What follows from it. */
  lead: string
  placeholder: string
  button: string
  done: string
  max: number
  mayBeEmpty: boolean
  takesFiles: boolean
  rates: boolean
}

const plain = { max: 500, mayBeEmpty: true, takesFiles: false, rates: false }

export const acts: Record<EnterpriseVerb, Act> = {
  'case.supply': {
    ...plain,
    title: '补充材料',
    lead: '写清楚补充了什么，照片和文件可以一起传。专员马上能看到。',
    placeholder: '例如：厂区平面图已经补上，最近的住宅楼距离 130 米',
    button: '提交补充',
    done: '已补充',
    max: 5000,
    mayBeEmpty: false,
    takesFiles: true,
  },
  'case.urge': {
    ...plain,
    title: '催一下',
    lead: '专员会马上收到提醒。每个工作日可以催一次。',
    placeholder: '有着急的原因可以写在这里，不写也行',
    button: '催一下',
    done: '已经提醒专员',
  },
  'case.withdraw': {
    ...plain,
    title: '撤回',
    lead: '撤回后不再办理，也不能恢复。以后有需要可以重新提。',
    placeholder: '为什么撤回？例如：问题已经解决。不写也行',
    button: '确定撤回',
    done: '已撤回',
  },
  'case.rate': {
    ...plain,
    title: '评价',
    lead: '说说这次办得怎么样。不满意的，会另外派人核实、改正，不交给被您评价的人。',
    placeholder: '哪里好、哪里还要改，写下来最有用。不写也行',
    button: '提交评价',
    done: '谢谢您的评价',
    max: 1000,
    rates: true,
  },
  'case.reopen': {
    ...plain,
    title: '没解决，再提',
    lead: '还是这件诉求，重新计算期限，重新办理。',
    placeholder: '哪里还没解决？例如：没有说排污许可要不要先办',
    button: '再提一次',
    done: '已重新提出',
    max: 5000,
    mayBeEmpty: false,
  },
}

export const isEnterpriseVerb = (verb: string): verb is EnterpriseVerb => Object.hasOwn(acts, verb)

/** From the best down, as people look for it. */
export const scores = [5, 4, 3, 2, 1] as const

export interface Fields {
  text: string
  score: number
  files: FileView[]
}
export const emptyFields: Fields = { text: '', score: 0, files: [] }

/** Empty words are left out where they may be: the server takes none rather than nothing in them. */
export function inputOf({ rates, takesFiles, mayBeEmpty }: Act, { text, score, files }: Fields) {
  return {
    ...((text.trim() !== '' || !mayBeEmpty) && { text }),
    ...(rates && { score }),
    ...(takesFiles && { fileIds: files.map(({ id }) => id) }),
  }
}
