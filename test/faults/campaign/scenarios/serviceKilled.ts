/** The machine of a service loses its power, several times. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Scenario } from '../stage.js'

const ROUNDS = 4
const WRITES = 40

export const serviceKilled: Scenario = {
  name: 'service killed',
  about: `kill -9 of a service process under load and its start, ${ROUNDS} times`,
  on: ['embedded', 'MariaDB', 'cluster'],
  async run({ fleet, progress, faultBegins, seconds }) {
    await progress(WRITES)
    faultBegins()
    for (let round = 0; round < ROUNDS; round += 1) {
      const n = round % fleet.size
      await fleet.kill(n)
      await fleet.start(n)
      await progress(WRITES)
      await delay(((seconds * 1000) / ROUNDS) * Math.random())
    }
  },
}
