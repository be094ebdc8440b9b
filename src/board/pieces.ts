/** Cuts the cases of some states into pieces that one query may read without holding up everybody else. */
import type { EntityManager } from 'typeorm'
import { isEmbedded } from '../database/source.js'
import { among, type Condition } from '../http/scopes.js'
import { breathe } from './breathe.js'

/** Read in some 10 ms: the embedded driver answers without ever leaving the event loop. */
const CASES_AT_ONCE = 1000

/**
 * Conditions on `help_case` as `c`, each with a turn for others before the next; together they hold every case of the
 * states once. Cut between due dates, which the index of states alone tells.
 */
export async function* piecesOf(db: EntityManager, states: readonly string[]): AsyncGenerator<Condition> {
  if (!isEmbedded(db.dataSource)) {
    yield among('c.state', states)
    return
  }
  for (const state of states) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const [last] = (await db.query(
        'SELECT dueOn FROM help_case WHERE state = ? AND dueOn > ? ORDER BY dueOn LIMIT 1 OFFSET ?',
        [state, after, CASES_AT_ONCE - 1],
      )) as { dueOn: string }[]
      const params = [state, after]
      yield last
        ? { sql: 'c.state = ? AND c.dueOn > ? AND c.dueOn <= ?', params: [...params, last.dueOn] }
        : { sql: 'c.state = ? AND c.dueOn > ?', params }
      await breathe()
      after = last?.dueOn
    }
  }
}
