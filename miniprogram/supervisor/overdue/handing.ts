// Several late cases given to one officer: each its own command under its own key, one after the other.
import type { CaseView, Input } from '../../services/api'
import { Failure, sentenceOf } from '../../services/failure'
import { newId } from '../../services/identifier'

export type Assignment = Input<'case.assign'>
type Case = Pick<Assignment, 'id' | 'version'>

/** What became of one: the case as it is now, or why it was not given over. */
export type Outcome = { view: CaseView } | { failure: string }

/** Of each assignment asked for: tried again it has the same key, so that it is done once even when its answer was lost. */
const keys = new Map<string, string>()

function keyOf(assignment: Assignment): string {
  const asked = JSON.stringify(assignment)
  const key = keys.get(asked) ?? newId()
  keys.set(asked, key)
  return key
}

export const NOT_TRIED = '网络不通，这件还没有换'

/**
 * Gives each over by `give` and says through `tell` what became of it. Without a network the rest is not tried.
 * @returns how many were given over
 */
export async function giveAll<C extends Case>(
  cases: readonly C[],
  { officerId, reason }: Pick<Assignment, 'officerId' | 'reason'>,
  give: (assignment: Assignment, key: string) => Promise<CaseView>,
  tell: (one: C, outcome: Outcome) => void,
): Promise<number> {
  let given = 0
  let isOffline = false
  for (const one of cases) {
    if (isOffline) {
      tell(one, { failure: NOT_TRIED })
      continue
    }
    try {
      const assignment = { id: one.id, version: one.version, officerId, reason }
      tell(one, { view: await give(assignment, keyOf(assignment)) })
      given += 1
    } catch (error) {
      isOffline = error instanceof Failure && error.isOffline
      tell(one, { failure: sentenceOf(error) })
    }
  }
  return given
}

/** The account of it, where not all is well; empty where it is. */
export const accountOf = (given: number, asked: number, name: string): string =>
  given === asked
    ? ''
    : given === 0
      ? `${asked}件都没有换成，原因写在每件下面`
      : `${asked}件里${given}件交给了${name}，${asked - given}件没有换成，原因写在下面`
