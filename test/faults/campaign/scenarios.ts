/** Everything that is tried, in the order of the table. */
import { badManners } from './scenarios/badManners.js'
import { serviceKilled } from './scenarios/serviceKilled.js'
import type { Scenario } from './stage.js'

export const scenarios: readonly Scenario[] = [badManners, serviceKilled]

/** Those named, or all. @throws Error that names what there is not */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  const unknown = names.filter((name) => !scenarios.some((one) => one.name === name))
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`)
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name))
}
