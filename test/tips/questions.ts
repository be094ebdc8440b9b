/** What somebody curious would ask of every query, and what of the answers can be compared. */
import { contract, type Verb } from '../../src/contract.js'
import { termsOf, verbNames } from '../../src/http/openapi.js'
import { jobs } from '../../src/jobs.js'

/** Pages say where to go on, and files how large they happen to be. */
export function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless)
  if (typeof value !== 'object' || value === null) return value
  const dropped = new Set(['next', 'size', '大小', 'traceId'])
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !dropped.has(key))
      .map(([key, one]) => [key, timeless(one)]),
  )
}

/** Everything that can be asked with an empty question, with the example, and with each id put where one belongs. */
export function* questions(
  asked: ReadonlyMap<string, string>,
  persons: readonly string[] = [],
): Generator<[what: string, Verb, object]> {
  for (const verb of verbNames) {
    if (contract[verb].kind !== 'query') continue
    const example = termsOf(verb).example as Record<string, unknown>
    yield ['as in its example', verb, example]
    yield ['about nothing', verb, {}]
    const places = Object.keys(example).filter((key) => /^(id|.*Id|number)$/.test(key))
    for (const key of places) for (const [id, name] of asked) yield [`${key} ${name}`, verb, { ...example, [key]: id }]
  }
  for (const [id, name] of asked) {
    const [subjectKind = ''] = persons.includes(name) ? ['person'] : name.split(' ')
    yield [name, 'audit.list', { subjectKind, subjectId: id }]
    yield [name, 'audit.verify', { subjectKind, subjectId: id }]
    yield [name, 'tip.looks', { id }]
    yield [name, 'tip.track', { number: id, code: 'AAAA-BBBB-CCCC' }]
  }
  for (const kind of Object.keys(jobs).filter((one) => /^(tip|reward|payout|notice|files)\./.test(one)))
    yield [kind, 'job.list', { state: 'done', kind, limit: 100 }]
  for (const verb of ['audit.list', 'tip.list', 'reward.list', 'money.list', 'notice.list', 'case.list'] as const)
    yield ['all', verb, { limit: 100 }]
}
