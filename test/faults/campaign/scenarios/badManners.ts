/** Nothing breaks; but half of all clients repeat, cut, reorder, or leave before they are answered. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Scenario } from '../stage.js'

export const badManners: Scenario = {
  name: 'bad manners',
  about: 'clients send twice at once, again and late, out of order, half, and leave before the answer',
  on: ['embedded', 'MariaDB', 'cluster'],
  load: { clients: 16, rudeness: 3 },
  async run(stage) {
    stage.faultBegins()
    await delay(stage.seconds * 1000)
  },
}
