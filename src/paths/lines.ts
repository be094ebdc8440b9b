/** Which lines of a class are a question, given what is known of the place, and what of it the answer makes wrong. */
import type { FieldError } from '../problem.js'
import {
  type Answers,
  type ClassLine,
  classOf,
  type DocumentType,
  type PathTables,
  type ProjectClass,
} from './tables.js'

export const UNSURE = 'unsure'

const ranks: Record<DocumentType, number> = { none: 0, registration: 1, form: 2, report: 3 }

export const rankOf = ({ document }: Pick<ClassLine, 'document'>): number => (document ? ranks[document] : -1)

/** 分类管理名录第四条: 「按照其中单项等级最高的确定。」 */
export const highest = (lines: readonly ClassLine[]): ClassLine | undefined =>
  lines.reduce<ClassLine | undefined>((best, line) => (best && rankOf(best) >= rankOf(line) ? best : line), undefined)

/** The area alone settles it: no line could ask for more. */
export function settledByArea({ lines }: ProjectClass, sensitive: Answers['sensitive']): ClassLine | undefined {
  if (sensitive !== 'yes') return undefined
  const trigger = highest(lines.filter(({ isTrigger }) => isTrigger))
  const top = highest(lines)
  return trigger && top && rankOf(trigger) === rankOf(top) ? trigger : undefined
}

/** The lines to choose from; one alone is chosen by itself. */
export function openLines(one: ProjectClass, sensitive: Answers['sensitive']): ClassLine[] {
  if (settledByArea(one, sensitive)) return []
  const other = sensitive === 'yes' ? 'no' : sensitive === 'no' ? 'yes' : undefined
  return one.lines.filter((line) => !line.isTrigger && (other === undefined || line.sensitive !== other))
}

/** What is missing or does not fit, in words; empty where the answers can be used. */
export function faultsOf(tables: PathTables, answers: Answers): FieldError[] {
  const one = classOf(tables, answers.classCode)
  if (!one) return []
  if (one.sensitive !== undefined && answers.sensitive === undefined) {
    return [{ path: 'sensitive', message: '请回答项目在不在环境敏感区' }]
  }
  const open = openLines(one, answers.sensitive)
  if (open.length < 2) return []
  if (answers.line === undefined) return [{ path: 'line', message: '请选您的项目是哪一种' }]
  const fits = answers.line === UNSURE || open.some(({ id }) => id === answers.line)
  return fits ? [] : [{ path: 'line', message: '这一种和您选的行业、地方对不上，请重新选' }]
}
