// `npm run faults`: real processes on loopback, real faults, a running load, and a table of what came of it.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasHeld, runCampaign } from './campaign/campaign.js'
import { readOptions, usage } from './campaign/options.js'
import { scenarios, scenariosNamed } from './campaign/scenarios.js'
import { sow } from './plants/sow.js'

const dist = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist')

// Each server, process and folder has its own.
process.setMaxListeners(0)
// What was started ends with this process, also when it is interrupted, and by several signals at once as a terminal does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

/** Whatever happens: nobody waits longer than this. */
const LAST_MS = 15 * 60_000
setTimeout(() => {
  process.stderr.write('Not over within 15 minutes: ended.\n')
  process.exit(1)
}, LAST_MS).unref()

const print = (text: string) => void process.stdout.write(`${text}\n`)

try {
  const options = readOptions(process.argv.slice(2))
  if (options.isList) {
    for (const { name, on, about, isOnRequest } of scenarios)
      print(`${name}  (${on.join(', ')}${isOnRequest ? ', on request' : ''})\n    ${about}`)
  } else if (options.plant !== undefined) {
    process.exitCode = (await sow(options.plant, { dist, seconds: options.seconds, print })) ? 0 : 1
  } else {
    const chosen = scenariosNamed(options.only)
    const results = await runCampaign({ scenarios: chosen, on: options.on, dist, seconds: options.seconds, print })
    process.exitCode = hasHeld(results) ? 0 : 1
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`)
  process.exitCode = 2
}
// A scenario that hung may have left something open that would keep the process.
process.exit()
