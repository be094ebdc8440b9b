// What has been counted for a task, in words: number and unit, the aim, and whether it is reached.
import type { ItemOf } from '../../services/api'

type Task = ItemOf<'indicator.list'>
export type Metric = Task['metrics'][number]

export interface Figure {
  key: string
  name: string
  text: string
  /** 已达标 or 还没达标; empty where nothing was promised. */
  met: string
  tone: string
}

export function figureOf({ key, name, value, unit, isMet }: Metric): Figure {
  const text = value === null ? '还没有数' : unit === '%' ? `${value}%` : `${value}${unit}`
  return {
    key,
    name,
    text,
    met: isMet === undefined ? '' : isMet ? '已达标' : '还没达标',
    tone: isMet ? 'good' : 'warn',
  }
}

/** As printed, without the line breaks of the cell. */
export const unitsText = (unitText: string): string => unitText.replace(/\s+/g, ' ').trim() || '原表没有写责任单位'
