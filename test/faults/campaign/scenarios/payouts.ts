/** Many rewards are paid while WeChat Pay misbehaves and the service is killed. */
import { join } from 'node:path'
import { payOut } from '../../payouts/trial.js'
import type { Scenario, Stage } from '../stage.js'
import { faultless } from '../verdict.js'

/** A process is killed after so many claims. */
const KILL_EVERY = 20
const SEED = 20_261_126
const faultsOf = new WeakMap<Stage, readonly string[]>()

const payoutsOf = (rewards: number, terms: Pick<Scenario, 'name' | 'deadlineS' | 'isOnRequest'>): Scenario => ({
  about:
    `${rewards} rewards claimed and paid by a WeChat Pay that is slow, lies, fails after accepting and tells of it twice, ` +
    `late or falsely, with kill -9 of the service at every ${KILL_EVERY} claims or so: each paid at most once, none ` +
    'forgotten, all books equal',
  on: ['embedded', 'MariaDB'],
  load: { clients: 1 },
  ...terms,
  async run(stage) {
    stage.faultBegins()
    const outcome = await payOut({
      rewards,
      url: await stage.storage.createDatabase(),
      processes: stage.storage.processes,
      program: join(stage.dist, 'main.js'),
      killEvery: KILL_EVERY,
      seed: SEED,
    })
    const { kills, paid, byBank, paidFen, calls, tookMs } = outcome
    stage.remark(
      `${kills} kills, ${paid} paid by WeChat (${paidFen / 100} yuan), ${byBank} refused by WeChat and left to the bank, ` +
        `${calls} requests to WeChat Pay, ${Math.round(tookMs / 1000)} s`,
    )
    faultsOf.set(stage, outcome.faults)
  },
  after: async (stage) => ({ ...faultless(), other: [...(faultsOf.get(stage) ?? [])] }),
})

export const payouts = payoutsOf(50, { name: 'payouts', deadlineS: 240 })
export const thousandPayouts = payoutsOf(1000, { name: 'thousand payouts', deadlineS: 780, isOnRequest: true })
