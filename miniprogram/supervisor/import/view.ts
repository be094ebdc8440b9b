// What the page says of a trial or an import, in words.
import type { Run } from '../../services/exporting'
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

/** 台账 of lines that do not say theirs. */
export const bookOptions = () => [
  { id: '', name: '表里有“台账类别”一栏' },
  ...wordsOf('books').map(({ code, word }) => ({ id: code, name: word })),
]
