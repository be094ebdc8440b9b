/** Search by the start of a column: a range of its index, the same on every database, where LIKE would not use one. */
import { And, type FindOperator, LessThan, MoreThanOrEqual } from 'typeorm'
import type { Condition } from '../http/scopes.js'

/** The last code point there is: columns compare by code point on every database. */
const LAST = '\u{10FFFF}'

export const startsWith = (column: string, text: string): Condition => ({
  sql: `(${column} >= ? AND ${column} < ?)`,
  params: [text, text + LAST],
})

/** The same for `find*({ where })`. */
export const startingWith = (text: string): FindOperator<string> => And(MoreThanOrEqual(text), LessThan(text + LAST))
