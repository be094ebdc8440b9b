/** One command of one person, however often it is sent: its key stays, and what is known of it grows. */
import { v7 as uuid } from 'uuid'
import type { Input } from '../../../src/contract.js'

export type LoadVerb = 'case.submit' | 'case.sign' | 'case.answer' | 'case.rate' | 'visit.record'

/** An answer of 200, as it came. */
export interface Acknowledgement {
  /** By `performance.now()`. */
  at: number
  /** The view as JSON text. */
  text: string
}

export interface Command {
  readonly verb: LoadVerb
  readonly token: string
  readonly key: string
  readonly input: Record<string, unknown>
  /** The first; every later one must say the same. */
  acknowledged: Acknowledgement | undefined
  /** It was refused for good, as a right command never is: status and problem. */
  refused: string | undefined
}

export const command = <V extends LoadVerb>(verb: V, token: string, input: Input<V>): Command => ({
  verb,
  token,
  key: uuid(),
  input,
  acknowledged: undefined,
  refused: undefined,
})

/** What the answers of the load's verbs say, as far as it is held against what is found afterwards. */
export interface View {
  id: string
  number?: string
  state: string
  version: number
  can: string[]
}

export const viewOf = ({ text }: Acknowledgement): View => JSON.parse(text) as View
