/** The mini-program's main journeys, clicked through in a browser while the cluster below loses the node in use, again and again. */
import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Galera, startGalera } from '../galera.js'

export interface JourneysResult {
  /** Every step was seen, and nothing was refused. */
  isWalked: boolean
  /** How often the node in use was killed while they were walked. */
  kills: number
  /** What mocha printed. */
  report: string
}

const DATABASE = 'journeys'
/** Between one loss and the next: time for the service to go back to the first node. */
const BREATH_MS = 6000
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Needs the mini-program built for the browser (npm run preview). */
export async function walkJourneysThroughLosses(): Promise<JourneysResult> {
  const cluster = await startGalera()
  try {
    const url = await cluster.createDatabase(DATABASE)
    const walk = walkJourneys(url)
    const kills = killAgainAndAgain(cluster, walk.hasEnded)
    const report = await walk.done
    return { ...report, kills: await kills }
  } finally {
    await cluster.stop()
  }
}

interface Walk {
  done: Promise<{ isWalked: boolean; report: string }>
  hasEnded(): boolean
}

function walkJourneys(url: string): Walk {
  const mocha = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', 'test/e2e/journeys.test.ts'], {
    cwd: root,
    env: { ...process.env, STAGE_DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => mocha.kill('SIGKILL')
  process.once('exit', end)
  let report = ''
  for (const stream of [mocha.stdout, mocha.stderr]) stream.on('data', (text: Buffer) => (report += text.toString()))
  let hasEnded = false
  const done = new Promise<{ isWalked: boolean; report: string }>((resolve) => {
    mocha.once('close', (code) => {
      hasEnded = true
      process.off('exit', end)
      resolve({ isWalked: code === 0, report })
    })
  })
  return { done, hasEnded: () => hasEnded }
}

/** The first node is the one in use whenever it is well. */
async function killAgainAndAgain(cluster: Galera, hasEnded: () => boolean): Promise<number> {
  const [first] = cluster.nodes
  let kills = 0
  while (!hasEnded()) {
    await delay(BREATH_MS)
    if (hasEnded()) break
    await first.kill()
    kills += 1
    await delay(BREATH_MS)
    await first.restart()
    await cluster.untilSynced()
  }
  return kills
}
