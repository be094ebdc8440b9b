/** Payouts through deaths of the service and a misbehaving WeChat Pay; `npm run faults -- --only 'thousand payouts'` does it with a thousand. */
import assert from 'node:assert/strict'
import { payOut } from './payouts/trial.js'

describe('60 payouts, the service killed meanwhile, WeChat Pay misbehaving', function () {
  this.timeout(600_000)

  it('each is paid at most once, none is forgotten, and all books are equal', async () => {
    const outcome = await payOut({ rewards: 60, url: undefined, processes: 1, killEvery: 20, seed: 7 })
    assert.deepEqual(outcome.faults, [])
    assert.ok(outcome.kills > 0 && outcome.paid > 40, JSON.stringify(outcome))
  })
})
