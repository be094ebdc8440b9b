/** What a Galera node says of itself. It lets anybody in, and answers `SELECT 1`, also while it is outside its cluster. */

export const ASK_STATE = `SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state')`

export type NodeState = 'upToDate' | 'behind' | 'outside'

/** `wsrep_local_state` of a node that is neither catching up nor bringing another one up to date. */
const SYNCED = 4

/** A server without a cluster has no local state, and is up to date. */
export function stateOf(rows: unknown): NodeState {
  const said = new Map(
    (rows as { Variable_name: string; Value: string }[]).map((row) => [row.Variable_name, row.Value]),
  )
  const local = said.get('wsrep_local_state')
  if (local === undefined) return 'upToDate'
  if (said.get('wsrep_ready') !== 'ON') return 'outside'
  return Number(local) === SYNCED ? 'upToDate' : 'behind'
}

/** As the node itself answers whatever is asked of a table. */
export const outsideError = () =>
  Object.assign(new Error('The node is outside its cluster'), { errno: 1047, code: 'ER_UNKNOWN_COM_ERROR' })
