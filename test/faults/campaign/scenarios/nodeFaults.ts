/** A node of the Galera cluster dies, leaves, stands still or is cut off while it is the one in use; or two of three die. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Galera } from '../../../galera.js'
import type { Scenario, Stage } from '../stage.js'

const WRITES = 60
const GONE_MS = 5000

export const clusterOf = ({ storage }: Stage): Galera => {
  if (!storage.cluster) throw new Error(`${storage.name} is no cluster`)
  return storage.cluster
}

type OneNode = (node: Galera['nodes'][0]) => unknown

/** Every process prefers the first node: it is the one in use. The others go on, and it comes back while they do. */
async function without(stage: Stage, fault: OneNode, repair: OneNode): Promise<void> {
  const { progress, faultBegins, remark } = stage
  const cluster = clusterOf(stage)
  const [node] = cluster.nodes
  await progress(WRITES)
  faultBegins()
  await fault(node)
  await progress(WRITES)
  const since = performance.now()
  await repair(node)
  await cluster.untilSynced()
  remark(`the node was back ${((performance.now() - since) / 1000).toFixed(1)} s after its repair began`)
  await progress(WRITES)
}

const on = ['cluster'] as const
const deadlineS = 240

/** The node in use is lost in one way, and comes back in another. */
const losing = (name: string, about: string, fault: OneNode, repair: OneNode): Scenario => ({
  name,
  about,
  on,
  deadlineS,
  run: (stage) => without(stage, fault, repair),
})

export const nodeKilled = losing(
  'node killed',
  'kill -9 of the node in use; it is started again and joins',
  (node) => node.kill(),
  (node) => node.restart(),
)

export const nodeStopped = losing(
  'node stopped',
  'the node in use is stopped in good order, as for an upgrade, and started again',
  (node) => node.stop(),
  (node) => node.restart(),
)

export const nodeFrozen = losing(
  'node frozen',
  'the node in use stands still (SIGSTOP) with its connections open, and goes on',
  async (node) => {
    await node.freeze()
    await delay(GONE_MS)
  },
  (node) => node.thaw(),
)

export const nodeIsolated = losing(
  'node cut off',
  'the node in use is cut off from the other two, not from the service, and joins them again',
  async (node) => {
    await node.isolate()
    await delay(GONE_MS)
  },
  (node) => node.rejoin(),
)

export const nodesLost: Scenario = {
  name: 'two of three nodes killed',
  about: 'kill -9 of two nodes: the third refuses to write alone, and an operator makes it the cluster again',
  on,
  deadlineS,
  async run(stage) {
    const { progress, faultBegins, remark, load } = stage
    const cluster = clusterOf(stage)
    const [first, second] = cluster.nodes
    await progress(WRITES)
    faultBegins()
    await Promise.all([first.kill(), second.kill()])
    await delay(GONE_MS)
    const before = load.ledger.acknowledged
    await delay(1000)
    remark(`${load.ledger.acknowledged - before} acknowledged in a second without a majority`)
    await cluster.recover()
    await progress(WRITES)
    await cluster.untilSynced()
    await progress(WRITES)
  },
}
