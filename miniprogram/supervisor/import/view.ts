// What the page says of a trial or an import, in words.
import type { ImportVerb, Run } from '../../services/exporting'
import { progressText } from '../../services/exporting'
import { wordsOf } from '../../services/words'

export interface Outcome {
  title: string
  text: string
  tone: '' | 'good' | 'bad'
  /** The report with the wrong cells marked is there to be opened. */
  hasReport: boolean
  /** Everything is right: it may be imported now. */
  isReady: boolean
  isDone: boolean
}

export const blank: Outcome = { title: '', text: '', tone: '', hasReport: false, isReady: false, isDone: false }

const titles: Record<Run['state'], (run: Run) => string> = {
  waiting: () => '排队中',
  working: ({ isDryRun }) => (isDryRun ? '正在检查' : '正在导入'),
  done: ({ isDryRun }) => (isDryRun ? '检查过了，没有问题' : '已经导入'),
  faulty: ({ counts }) => `有 ${counts?.faults ?? 0} 处要改，什么都没有导入`,
  refused: () => '这个文件不能导入',
  failed: () => '没有做成',
}

export function outcomeOf(run: Run): Outcome {
  const isOver = run.state !== 'waiting' && run.state !== 'working'
  return {
    title: titles[run.state](run),
    text: isOver ? without(run.message ?? '') : progressText(run),
    tone: run.state === 'done' ? 'good' : isOver ? 'bad' : '',
    hasReport: run.file !== null,
    isReady: run.state === 'done' && run.isDryRun && (run.counts?.created ?? 0) + (run.counts?.updated ?? 0) > 0,
    isDone: run.state === 'done' && !run.isDryRun,
  }
}

/** The heading has said this much. */
const without = (message: string): string =>
  message.replace(/^(\d+ 处有问题，什么都没有导入。|没有问题，可以导入：|已导入：)/, '')

/** What is imported: how its workbook looks, and what is asked about lines that do not say it. */
export interface Kind {
  verb: ImportVerb
  title: string
  /** Which workbook is taken. */
  takes: string
  /** The field of the input that is asked for, and its question. */
  field: 'book' | 'source'
  label: string
  options(): { id: string; name: string }[]
  /** By what a line is known. */
  known: string
  /** Where what was imported is seen. */
  result: string
  url: string
  isTab?: true
}

export const ledger: Kind = {
  verb: 'project.import',
  title: '导入台账',
  takes: '把 Excel 台账（.xlsx）发到微信聊天里，再从聊天里选。栏目顺序不限，至少要有“项目名称”和“建设单位”。',
  field: 'book',
  label: '是哪一本台账',
  options: () => [
    { id: '', name: '表里有“台账类别”一栏' },
    ...wordsOf('books').map(({ code, word }) => ({ id: code, name: word })),
  ],
  known: '有项目代码的按代码更新，没有的按项目名称和建设单位。空着的格子不改原来的内容。',
  result: '去看台账',
  url: '/pages/projects/index',
  isTab: true,
}

const leads: Kind = {
  verb: 'lead.import',
  title: '导入超标线索',
  takes: '把平台导出的 Excel（.xlsx）发到微信聊天里，再从聊天里选。栏目顺序不限，至少要有“企业名称”和“污染物”。',
  field: 'source',
  label: '线索来源',
  options: () => [
    { id: '', name: '表里有“来源”一栏' },
    ...wordsOf('leadSources')
      .filter(({ code }) => code !== 'tip')
      .map(({ code, word }) => ({ id: code, name: word })),
  ],
  known:
    '同一家企业、同一个排放口、同一种污染物、同一个时间的，或者平台编号相同的，算一条，不会重复。已经移交的不能再改。',
  result: '去看线索',
  url: '/enforcement/leads/index?view=new',
}

export const kindOf = (of: string | undefined): Kind => (of === 'leads' ? leads : ledger)
