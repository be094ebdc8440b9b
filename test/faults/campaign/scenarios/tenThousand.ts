/** Ten thousand acknowledged writes through the death of a node, by several processes behind nginx. */
import { progress, type Scenario, type Stage } from '../stage.js'
import { clusterOf } from './nodeFaults.js'

const WRITES = 10_000
const PATIENCE_MS = 240_000

/** What else goes on during all of it, on the same service: what it resolves to is said under the table's line. */
export type Meanwhile = (stage: Stage) => Promise<string>

export const meanwhile: readonly Meanwhile[] = []

export const tenThousand: Scenario = {
  name: 'ten thousand writes, a node killed',
  about: `kill -9 of the node in use amid ${WRITES} acknowledged writes; it joins again while they go on`,
  on: ['cluster'],
  load: { clients: 24 },
  deadlineS: 420,
  async run(stage) {
    const cluster = clusterOf(stage)
    const [node] = cluster.nodes
    const { load, faultBegins, remark } = stage
    const others = Promise.all(meanwhile.map((one) => one(stage)))
    others.catch(() => {})
    await progress(load, WRITES / 4, PATIENCE_MS)
    faultBegins()
    await node.kill()
    await progress(load, WRITES / 4, PATIENCE_MS)
    const since = performance.now()
    await node.restart()
    await cluster.untilSynced()
    remark(`the node was back ${((performance.now() - since) / 1000).toFixed(1)} s after its start`)
    await progress(load, Math.max(0, WRITES - load.ledger.acknowledged), PATIENCE_MS)
    for (const said of await others) remark(said)
  },
}
