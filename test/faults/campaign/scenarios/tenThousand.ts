/** Ten thousand acknowledged writes through the death of a node, by several processes behind nginx. */
import { walkJourneys } from '../../journeys.js'
import { progress, type Scenario } from '../stage.js'
import { clusterOf } from './nodeFaults.js'

const WRITES = 10_000
const PATIENCE_MS = 240_000

export const tenThousand: Scenario = {
  name: 'ten thousand writes, a node killed',
  about:
    `kill -9 of the node in use amid ${WRITES} acknowledged writes; it joins again while they go on, and the ` +
    "mini-program's journeys are walked in a browser on the same cluster meanwhile",
  on: ['cluster'],
  load: { clients: 8 },
  deadlineS: 420,
  isOnRequest: true,
  async run(stage) {
    const cluster = clusterOf(stage)
    const [node] = cluster.nodes
    const { load, faultBegins, remark } = stage
    const since = performance.now()
    const seconds = () => ((performance.now() - since) / 1000).toFixed(1)
    const journeys = walkJourneys(await cluster.createDatabase('journeys')).then((walked) => ({
      walked,
      at: seconds(),
    }))
    // Should what follows fail, that is what is told.
    journeys.catch(() => {})
    await progress(load, WRITES / 4, PATIENCE_MS)
    faultBegins()
    remark(`the node died at ${seconds()} s`)
    await node.kill()
    await progress(load, WRITES / 4, PATIENCE_MS)
    remark(`and was started again at ${seconds()} s`)
    await node.restart()
    await cluster.untilSynced()
    remark(`it was back at ${seconds()} s`)
    await progress(load, Math.max(0, WRITES - load.ledger.acknowledged), PATIENCE_MS)
    remark(`the last was acknowledged at ${seconds()} s`)
    const { walked, at } = await journeys
    remark(`${walked} journeys of the mini-program were walked until ${at} s`)
  },
}
