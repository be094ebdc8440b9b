/** A new version is rolled out: each process is told to stop under load, ends in good order, and is started again. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Scenario } from '../stage.js'

/** Of however many processes there are: each of a cluster's once, and one of them again. */
const STOPS = 4
const WRITES = 30

export const serviceStopped: Scenario = {
  name: 'service stopped',
  about: 'SIGTERM under load, one process after the other: exit code 0, and nothing acknowledged is lost',
  on: ['embedded', 'MariaDB', 'cluster'],
  // On connections of their own: one that is refused was not let in, one that breaks off was.
  load: { isFresh: true },
  async run({ fleet, load, progress, faultBegins, remark, seconds }) {
    await progress(WRITES)
    faultBegins()
    let atTheDoor = 0
    for (let stop = 0; stop < STOPS; stop += 1) {
      const n = stop % fleet.size
      const since = performance.now()
      await fleet.stop(n)
      atTheDoor += load.ledger.cutOffs(since, performance.now())
      await fleet.start(n)
      await progress(WRITES)
      await delay((seconds * 1000) / STOPS / 2)
    }
    // The kernel takes connections in before the process does: one that comes as the door is closed is reset. What a
    // process has accepted itself it answers (test/faults/stop.test.ts); these are sent again with their key.
    remark(`${STOPS} stops, exit codes ${[...new Set(fleet.exits)].join(', ')}; reset at the door: ${atTheDoor}`)
  },
}
