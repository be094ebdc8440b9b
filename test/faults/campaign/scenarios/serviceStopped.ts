/** A new version is rolled out: each process is told to stop under load, ends in good order, and is started again. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Scenario } from '../stage.js'

const ROUNDS = 3
const WRITES = 30

export const serviceStopped: Scenario = {
  name: 'service stopped',
  about: 'SIGTERM under load, one process after the other: exit code 0, and whoever was let in is answered',
  on: ['embedded', 'MariaDB'],
  // On connections of their own: one that is refused was not let in, one that breaks off was.
  load: { isFresh: true },
  async run({ fleet, load, progress, faultBegins, remark, seconds }) {
    await progress(WRITES)
    faultBegins()
    let unanswered = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let n = 0; n < fleet.size; n += 1) {
        const since = performance.now()
        await fleet.stop(n)
        unanswered += load.ledger.cutOffs(since, performance.now())
        await fleet.start(n)
        await progress(WRITES)
      }
      await delay((seconds * 1000) / ROUNDS / 2)
    }
    if (unanswered > 0) load.ledger.surprise(`let in and not answered: ${unanswered}`)
    remark(`${ROUNDS * fleet.size} stops, exit codes ${[...new Set(fleet.exits)].join(', ')}`)
  },
}
