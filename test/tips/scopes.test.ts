/** Lists and single reads of tips and of their rewards cannot disagree. */
import fc from 'fast-check'
import { create } from '../../src/audit/trail.js'
import { Enterprise } from '../../src/people/enterprise.js'
import { Reward } from '../../src/rewards/reward.js'
import { rewardTarget } from '../../src/rewards/target.js'
import { tipTarget } from '../../src/tips/target.js'
import { Tip } from '../../src/tips/tip.js'
import { write } from '../factories.js'
import { approved, concludedTip, informer, scene } from '../rewards/stage.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const RUNS = { numRuns: 40, seed: 20261126 }
/** Firms are known by code, by name, or not at all. */
const codes = ['91210100TEST00001X', '91210100TEST00002X', '91210100TEST00003X']
const names = ['测试·甲', '测试·乙', '测试·丙']
const lines = fc.array(
  fc.record({
    unitId: fc.constantFrom(...pool.units),
    handlerPostId: maybe(pool.posts),
    creditCode: maybe(codes),
    firmName: fc.constantFrom(...names, '测试·谁也不知道的厂'),
    isReleased: fc.boolean(),
  }),
  { minLength: 1, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of tips and rewards, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    let blank: Tip
    let reward: Reward

    before(async () => {
      w = await world(database)
      const s = await scene(w)
      blank = await concludedTip(w, { by: await informer(w), enforcer: s.enforcer })
      const { id } = await approved(s, blank.id)
      reward = await w.service.house.ds.manager.findOneByOrFail(Reward, { id })
      await write(w, async (db) => {
        for (const [n, creditCode] of codes.entries())
          await create(db, Enterprise, {
            id: pool.firms[n] as string,
            name: names[n] as string,
            creditCode,
            districtCode: '210106',
            createdAt: w.now(),
          })
      })
    })
    after(() => w.stop())

    it('for every person, the tips and rewards listed are those that can be read', async () => {
      const tally: Tally = new Map()
      await fc.assert(
        fc.asyncProperty(cast, lines, async (people, tips) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          await manager.clear(Tip)
          await manager.clear(Reward)
          for (const [n, { isReleased, ...line }] of tips.entries()) {
            const id = pool.rows[n] as string
            const releaseAt = isReleased ? null : new Date(w.now().getTime() + 60_000)
            await manager.insert(Tip, { ...blank, ...line, id, number: `JB${n}`, releaseAt })
            await manager.insert(Reward, { ...reward, id, tipId: id, standingTipId: id })
          }
          const ids = pool.rows.slice(0, tips.length)
          const ofTips = ['tip.read', 'tip.list', 'tip.accept', 'tip.assign', 'tip.identity', 'tip.export'] as const
          await assertAgreement(w, actor, { target: tipTarget, from: 'tip t', id: 't.id', ids, verbs: ofTips }, tally)
          const from = 'reward r JOIN tip t ON t.id = r.tipId'
          const ofRewards = ['reward.read', 'reward.list', 'reward.approve', 'reward.payBank'] as const
          await assertAgreement(w, actor, { target: rewardTarget, from, id: 'r.id', ids, verbs: ofRewards })
        }),
        RUNS,
      )
      assertBothSeen(tally, ['assigned', 'unit', 'all'])
    })
  })
}
