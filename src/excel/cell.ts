/** One cell of an office's sheet as the column means it, or the sentence that says what is wrong with it. */
import { dateFromDayNumber, instantAt, isDate, toWireInstant } from '../calendar/dates.js'
import type { Column, Value } from './column.js'
import type { Raw } from './reading.js'

export type Read = { value: Value } | { fault: string }

/** What a column's header and its other cells say about a number. */
export interface Measure {
  /** From the brackets of the header: 万元, 亿元, 元. */
  note: string
  /** Cells formatted as percent hold 0.8 for 80 %. */
  isShare: boolean
}

const ERRORS = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/
/** Days from Excel's day 0 to 1970-01-01, for days after February 1900. */
const EPOCH = 25_569
/** Days of the years 1955 to 2118: a number so written in a column of dates is a day. */
const DAYS: readonly [number, number] = [20_000, 80_000]

export const plain = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')

export function readCell(column: Pick<Column<never>, 'kind' | 'words' | 'also'>, raw: Raw, measure: Measure): Read {
  if (raw === null || (typeof raw === 'string' && raw.trim() === '')) return { value: null }
  if (typeof raw === 'string' && ERRORS.test(raw.trim())) return { fault: '这一格是公式出错的结果，请改成真正的内容' }
  return readers[column.kind](raw, { ...column, ...measure })
}

type Reader = (raw: Exclude<Raw, null>, column: Pick<Column<never>, 'words' | 'also'> & Measure) => Read

const readers: Readonly<Record<Column<never>['kind'], Reader>> = {
  text: (raw) => textOf(raw, (text) => text.replace(/\s*[\r\n\t\u2028\u2029]+\s*/gu, ' ').trim()),
  prose: (raw) => textOf(raw, (text) => text.replaceAll(/\r\n?/g, '\n').trim()),
  date: readDate,
  instant: readInstant,
  money: readMoney,
  whole: (raw) => {
    const number = numberOf(raw)
    return number !== undefined && Number.isInteger(number) ? { value: number } : { fault: '请填整数' }
  },
  number: (raw) => {
    const number = numberOf(raw)
    return number === undefined ? { fault: '请填数字' } : { value: number }
  },
  percent: readPercent,
  flag: readFlag,
  choice: readChoice,
}

function textOf(raw: Exclude<Raw, null>, clean: (text: string) => string): Read {
  if (typeof raw === 'boolean') return { value: raw ? '是' : '否' }
  if (raw instanceof Date) return { value: dayOf(raw) }
  if (typeof raw === 'string') return { value: clean(raw) }
  if (!Number.isSafeInteger(raw) && Math.abs(raw) >= 1e15) {
    return { fault: '数字太长，Excel 已经丢了后几位。请把这一列的格式设成“文本”，再重新填写' }
  }
  return { value: String(raw) }
}

const dayOf = (date: Date): string => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10))

const dateForms = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:日)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]
const DATE_FAULT = '请填日期，如 2026-12-01'

function readDate(raw: Exclude<Raw, null>): Read {
  if (raw instanceof Date) return isDate(dayOf(raw)) ? { value: dayOf(raw) } : { fault: DATE_FAULT }
  if (typeof raw === 'number' && raw >= DAYS[0] && raw < DAYS[1]) {
    return { value: dateFromDayNumber(Math.floor(raw) - EPOCH) }
  }
  // A time of day after the date is passed over.
  const text = plain(
    String(raw)
      .trim()
      .replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, ''),
  )
  for (const form of dateForms) {
    const found = form.exec(text)
    if (!found) continue
    const date = [found[1], found[2]?.padStart(2, '0'), found[3]?.padStart(2, '0')].join('-')
    return isDate(date) ? { value: date } : { fault: `没有这一天：${text}` }
  }
  return { fault: /^\d{4}[-/.年]\d{1,2}月?$/.test(text) ? '请写到哪一日，如 2026-12-01' : DATE_FAULT }
}

const INSTANT_FAULT = '请填日期和时间，如 2026-12-01 09:00'
/** After the date: 09:00, 9:00:00, 9时, 9点30分. */
const TIME_OF_DAY = /^(.*?)[\sT]*(\d{1,2})(?::(\d{2})(?::\d{2}(?:\.\d+)?)?|[时点](?:(\d{1,2})分?)?)$/u

/** A day without a time is its first moment. */
function readInstant(raw: Exclude<Raw, null>): Read {
  if (raw instanceof Date || typeof raw === 'number') {
    const day = readDate(raw)
    if ('fault' in day) return { fault: INSTANT_FAULT }
    // Excel's clock has no zone: it is ours.
    const ms = raw instanceof Date ? raw.getTime() : raw * 86_400_000
    return instantOf(String(day.value), Math.round((((ms % 86_400_000) + 86_400_000) % 86_400_000) / 60_000))
  }
  const text = String(raw).normalize('NFKC').trim()
  const found = TIME_OF_DAY.exec(text)
  const day = readDate(found?.[1] ?? text)
  if ('fault' in day) return { fault: INSTANT_FAULT }
  const [hour, minute] = [Number(found?.[2] ?? 0), Number(found?.[3] ?? found?.[4] ?? 0)]
  const minutes = hour * 60 + minute
  return minutes > 1440 || minute > 59 ? { fault: INSTANT_FAULT } : instantOf(String(day.value), minutes)
}

const instantOf = (day: string, minutes: number): Read => ({
  value: toWireInstant(new Date(instantAt(day).getTime() + minutes * 60_000)),
})

/** `1,200.5` as people type it. */
function numberOf(raw: Exclude<Raw, null>): number | undefined {
  if (typeof raw === 'number') return raw
  if (typeof raw !== 'string') return undefined
  const text = plain(raw).replace(/,(?=\d{3})/g, '')
  return /^[-+]?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : undefined
}

/** 万元 for one of each. */
const units: Readonly<Record<string, number>> = { 亿: 10_000, 亿元: 10_000, 万: 1, 万元: 1, 元: 0.0001, 千元: 0.1 }

function readMoney(raw: Exclude<Raw, null>, { note }: Measure): Read {
  const found = typeof raw === 'string' ? /^[¥￥]?([\d.,+-]+)(人民币)?(亿元?|万元?|千元|元)$/u.exec(plain(raw)) : null
  const number = numberOf(found?.[1] ?? (typeof raw === 'string' ? raw.replace(/[¥￥]/gu, '') : raw))
  if (number === undefined) return { fault: '请只填金额，如 8600.5，或带单位的 1.2亿元' }
  const factor = units[found?.[3] ?? ''] ?? units[/(亿元?|万元?|千元|元)/.exec(note)?.[0] ?? '万元'] ?? 1
  return { value: Math.round(number * factor * 100) / 100 }
}

function readPercent(raw: Exclude<Raw, null>, { isShare }: Measure): Read {
  if (typeof raw === 'number' && isShare) return { value: Math.round(raw * 100) }
  const number = numberOf(typeof raw === 'string' ? raw.replace(/[%％]\s*$/u, '') : raw)
  if (number === undefined) return { fault: '请填 0 到 100 的数字' }
  return { value: Math.round(number) }
}

const flags: Readonly<Record<string, boolean>> = {
  是: true,
  有: true,
  '√': true,
  '✓': true,
  Y: true,
  YES: true,
  TRUE: true,
  否: false,
  无: false,
  不是: false,
  '×': false,
  N: false,
  NO: false,
  FALSE: false,
}

function readFlag(raw: Exclude<Raw, null>): Read {
  const value = typeof raw === 'boolean' ? raw : flags[plain(String(raw)).toUpperCase()]
  return value === undefined ? { fault: '请填“是”或“否”' } : { value }
}

function readChoice(raw: Exclude<Raw, null>, { words = {}, also = {} }: Pick<Column<never>, 'words' | 'also'>): Read {
  const asked = plain(String(raw))
  const code = Object.keys(words).find((one) => plain(words[one] ?? '') === asked) ?? also[asked]
  return code === undefined ? { fault: `请填其中一个：${Object.values(words).join('、')}` } : { value: code }
}
