// The time a matter takes, in words: what is promised, and what the law allows.
import type { ItemOf } from './api'
import { wordFor } from './words'

type Times = Pick<ItemOf<'guide.search'>, 'promise' | 'legal'>

/** A number with its unit where there is one, words where there is none. */
export interface TimeFigure {
  figure: string
  unit: string
  words: string
}

const words = (text: string): TimeFigure => ({ figure: '', unit: '', words: text })

export function promiseFigure({ workdays, isImmediate, confirmed }: Times['promise']): TimeFigure {
  if (isImmediate) return words(confirmed ? '当场就办' : '一般当场就办')
  if (workdays === undefined) return words('还没有公布')
  return { figure: String(workdays), unit: '个工作日', words: '' }
}

export function legalFigure({ value, unit }: Times['legal']): TimeFigure {
  if (value === undefined) return words('没有写明天数')
  return { figure: String(value), unit: wordFor('limitUnits', unit), words: '' }
}

const said = ({ figure, unit, words: text }: TimeFigure) => text || `${figure} ${unit}`

/** `承诺 10 个工作日 · 法定 30 天`; a side that says nothing is left out. */
export function timesLine({ promise, legal }: Times): string {
  const sides: string[] = []
  if (promise.isImmediate) sides.push(said(promiseFigure(promise)))
  else if (promise.workdays !== undefined) sides.push(`承诺 ${said(promiseFigure(promise))}`)
  if (legal.value !== undefined) sides.push(`法定 ${said(legalFigure(legal))}`)
  return sides.length > 0 ? sides.join(' · ') : '时限以窗口公布为准'
}
