/** Everything that is tried, in the order of the table. */
import { backupRestored } from './scenarios/backupRestored.js'
import { badConnections } from './scenarios/badConnections.js'
import { badManners } from './scenarios/badManners.js'
import { clockSet } from './scenarios/clockSet.js'
import { databaseDiskFull, diskFull } from './scenarios/diskFull.js'
import { histories } from './scenarios/histories.js'
import { nodeFrozen, nodeIsolated, nodeKilled, nodesLost, nodeStopped } from './scenarios/nodeFaults.js'
import { onDisk } from './scenarios/onDisk.js'
import { payouts, thousandPayouts } from './scenarios/payouts.js'
import { serverFrozen, serverKilled, serverStopped } from './scenarios/serverFaults.js'
import { serviceKilled } from './scenarios/serviceKilled.js'
import { serviceStopped } from './scenarios/serviceStopped.js'
import { tenThousand } from './scenarios/tenThousand.js'
import { wechatTrouble } from './scenarios/wechatTrouble.js'
import type { Scenario } from './stage.js'

export const scenarios: readonly Scenario[] = [
  badManners,
  serviceKilled,
  serviceStopped,
  serverKilled,
  serverStopped,
  serverFrozen,
  nodeKilled,
  nodeStopped,
  nodeFrozen,
  nodeIsolated,
  nodesLost,
  histories,
  backupRestored,
  diskFull,
  databaseDiskFull,
  clockSet,
  wechatTrouble,
  onDisk,
  badConnections,
  payouts,
  // Each by itself: as long as a third of all the others.
  tenThousand,
  thousandPayouts,
]

/** Those named, or all but what is played on request. @throws Error that names what there is not */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  const unknown = names.filter((name) => !scenarios.some((one) => one.name === name))
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`)
  return scenarios.filter(({ name, isOnRequest }) => (names.length === 0 ? !isOnRequest : names.includes(name)))
}
