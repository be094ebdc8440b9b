/** Everybody works on the same cases at once through a fault: what happened to each case has an order that the rules allow. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { faultOf } from '../../../history/explain.js'
import { type History, record } from '../../../history/record.js'
import { type Cast, castOn, withinOneDay } from '../../../history/stage.js'
import { Fleet } from '../fleet.js'
import { environmentOf, ownFolder } from '../place.js'
import type { Scenario, Stage } from '../stage.js'
import type { Storage } from '../storages.js'

const PROCESSES = 2
const CASES_AT_ONCE = 3
const ACTS_EACH = 12
const WHOLE_S = 240

export const histories: Scenario = {
  name: 'legal histories',
  about:
    'officials and enterprise act on the same cases at once, through two processes (on the cluster each on a node of its ' +
    'own), one of which, or whose node, is killed in the middle: every answer fits an order that the rules allow',
  on: ['embedded', 'MariaDB', 'cluster'],
  // What is looked at are the cases below; the usual load goes on beside them.
  load: { clients: 2 },
  deadlineS: WHOLE_S,
  async run(stage) {
    await withinOneDay(WHOLE_S)
    const { folder, remove } = await ownFolder('histories')
    const url = await stage.storage.createDatabase()
    const env = environmentOf(folder, url)
    const cast = await castOn(env)
    const fleets = environments(stage.storage, env).map((own) => new Fleet(own, join(stage.dist, 'main.js')))
    try {
      for (const fleet of fleets) await fleet.launch(1)
      report(stage, await recorded(stage, cast, fleets))
      for (const fleet of fleets) await fleet.stopAll()
    } finally {
      for (const fleet of fleets) await fleet.killAll()
      remove()
    }
  },
}

/** One for each process: on the cluster each prefers another node, and may use the others. */
function environments({ name, cluster }: Storage, env: Record<string, string>): Record<string, string>[] {
  if (name === 'embedded') return [env]
  return Array.from({ length: PROCESSES }, (_, n) => {
    const url = env['DATABASE_URL']
    return url !== undefined && cluster ? { ...env, DATABASE_URL: preferring(n, url) } : env
  })
}

/** The same hosts, beginning with the one at `n`. */
function preferring(n: number, url: string): string {
  const { start = '', hosts = '', end = '' } = /^(?<start>.*@)(?<hosts>[^/]*)(?<end>\/.*)$/.exec(url)?.groups ?? {}
  const all = hosts.split(',')
  return `${start}${[...all.slice(n), ...all.slice(0, n)].join(',')}${end}`
}

async function recorded(stage: Stage, cast: Cast, fleets: readonly Fleet[]): Promise<History[]> {
  const endsAt = performance.now() + stage.seconds * 1000
  let isMended = false
  const recording = record({
    urls: fleets.flatMap((fleet) => fleet.urls()),
    cast,
    casesAtOnce: CASES_AT_ONCE,
    actsEach: ACTS_EACH,
    isPersistent: true,
    isOver: () => isMended && performance.now() > endsAt,
  })
  // Should what follows fail, that is what is told.
  recording.catch(() => {})
  await delay((stage.seconds * 1000) / 3)
  stage.faultBegins()
  try {
    await killAndMend(stage, fleets)
  } finally {
    isMended = true
  }
  return recording
}

async function killAndMend({ storage: { cluster }, seconds }: Stage, fleets: readonly Fleet[]): Promise<void> {
  if (!cluster) {
    const [fleet] = fleets
    await fleet?.kill(0)
    await fleet?.start(0)
    return
  }
  const [node] = cluster.nodes
  await node.kill()
  await delay((seconds * 1000) / 6)
  await node.restart()
  await cluster.untilSynced()
}

function report({ load, remark }: Stage, all: readonly History[]): void {
  const operations = all.flatMap((one) => one.operations)
  const unheard = operations.filter(({ answer }) => answer === 'unknown').length
  const faults = all.flatMap((one) => faultOf(one) ?? [])
  for (const fault of faults) load.ledger.surprise(fault)
  const verdict = faults.length === 0 ? 'all of them legal' : `${faults.length} of them illegal`
  remark(`${operations.length} operations (${unheard} without an answer) on ${all.length} cases: ${verdict}`)
}
