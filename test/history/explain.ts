/** An illegal history as a person can read it: what was done when, and why no order of it explains the answers. */
import { causeOf } from './cause.js'
import type { Sent } from './gather.js'
import { linearize } from './linearize.js'
import { caseModel, contradiction, type Input, type Operation, type State } from './model.js'
import type { History } from './record.js'

/** undefined where there is an order. */
export function faultOf({ caseId, operations, unequal, failure }: History): string | undefined {
  if (failure !== undefined) return failure
  if (unequal.length > 0) return [`case ${caseId}: one key, different answers`, ...unequal.flatMap(asLines)].join('\n')
  const verdict = linearize(caseModel, operations)
  if (verdict.result === 'legal') return undefined
  if (verdict.result === 'unknown')
    return `case ${caseId}: too many orders of ${operations.length} operations to try them all`
  return explain(caseId, operations)
}

function explain(caseId: string, operations: readonly Operation[]): string {
  const cause = causeOf(caseModel, operations, forgotten)
  const verdict = linearize(caseModel, cause)
  const lines = [
    `case ${caseId}: no order of these explains what was answered (?: not heard, or no matter what)`,
    ...asLines(cause),
  ]
  if (verdict.result !== 'illegal') return lines.join('\n')
  const [nearest] = verdict.reached
    .map(({ state, left }) => ({ state, against: left.flatMap((one) => objection(state, one) ?? []) }))
    .sort((a, b) => a.against.join('').length - b.against.join('').length)
  if (!nearest) return lines.join('\n')
  const { version, state, officer, review } = nearest.state
  lines.push(`  at best they lead to version ${version}: ${state}, with ${officer}, ${review}; there`)
  return [...lines, ...nearest.against.map((against) => `    ${against}`)].join('\n')
}

function objection(state: State, one: Operation): string | undefined {
  const why = contradiction(state, one)
  return one.answer === 'unknown' || why === undefined ? undefined : `${one.who} ${one.verb} answered ${why}`
}

/** Without its answer a reading says nothing, and neither does what was refused. */
const forgotten = (one: Operation): Operation | undefined => {
  const isDone = one.answer !== 'unknown' && 'seen' in one.answer && one.verb !== 'case.read'
  return isDone || one.answer === 'unknown' ? { ...one, end: Infinity, answer: 'unknown' } : undefined
}

function asLines(some: readonly (Operation | Sent)[]): string[] {
  const from = Math.min(...some.map(({ start }) => start))
  const at = (moment: number) => (moment === Infinity ? '…' : (moment - from).toFixed(1)).padStart(9)
  return some.map(({ who, verb, input, start, end, answer }) => {
    return `  ${at(start)} ${at(end)}  ${who.padEnd(10)} ${verb}${withWhat(input)} → ${outcome(answer)}`
  })
}

const withWhat = (input: Input) =>
  Object.entries(input)
    .map(([name, value]) => ` ${name === 'mark' ? '' : `${name} `}${value}`)
    .join('')

function outcome(answer: Operation['answer']): string {
  if (answer === 'unknown') return '?'
  if ('refused' in answer) return answer.refused
  const { version, state, officer, review } = answer.seen
  return `version ${version}: ${state}, with ${officer}, ${review}`
}
