// The answers to the way finder's questions: as they stand in an address, as they are asked with, and as they are kept.
import type { Input } from './api'

export interface WayAnswers {
  classCode: string
  /** As the list calls it, to be shown without asking again. */
  classTitle: string
  sensitive: string
  line: string
  districtCode: string
  nature: string
  situations: string[]
}

export const noAnswers: WayAnswers = {
  classCode: '',
  classTitle: '',
  sensitive: '',
  line: '',
  districtCode: '',
  nature: '',
  situations: [],
}

/** What nobody has in the list: the server answers with whom to ask. */
export const NOT_LISTED = 'unknown'

const single = ['classCode', 'sensitive', 'line', 'districtCode', 'nature'] as const

/** `classCode=90&line=f3&…`: the same answers always give the same text. */
export const addressOf = (answers: WayAnswers): string =>
  [
    ...single.map((name) => [name, answers[name]] as const),
    ['situations', [...answers.situations].sort().join('.')] as const,
  ]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')

export function answersOf(query: Record<string, string | undefined>): WayAnswers {
  const value = (name: string) => decodeURIComponent(query[name] ?? '')
  const given = Object.fromEntries(single.map((name) => [name, value(name)])) as Pick<
    WayAnswers,
    (typeof single)[number]
  >
  return { ...noAnswers, ...given, situations: value('situations').split('.').filter(Boolean) }
}

/** An answer that somebody has bent in an address is the server's to refuse. */
export function inputOf({ classCode, sensitive, line, districtCode, nature, situations }: WayAnswers) {
  return {
    classCode,
    ...(sensitive && { sensitive }),
    ...(line && { line }),
    districtCode,
    nature,
    situations,
  } as Input<'path.find'>
}
