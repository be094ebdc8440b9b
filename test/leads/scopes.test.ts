/** Lists and single reads of leads cannot disagree. */
import fc from 'fast-check'
import { Lead } from '../../src/leads/lead.js'
import { newLead } from '../../src/leads/open.js'
import { leadTarget } from '../../src/leads/target.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const RUNS = { numRuns: 40, seed: 20261126 }
const facts = {
  source: 'other' as const,
  reference: null,
  firmName: '测试·甲',
  creditCode: null,
  districtCode: null,
  outlet: null,
  pollutant: null,
  value: null,
  limitValue: null,
  measure: null,
  exceededAt: null,
  text: '请查看。',
}

for (const database of databaseNames) {
  describe(`the scopes of leads, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the leads listed are those that can be read', async () => {
      const tally: Tally = new Map()
      const leads = fc.array(fc.record({ unitId: fc.constantFrom(...pool.units), isSent: fc.boolean() }), {
        minLength: 1,
        maxLength: pool.rows.length,
      })
      await fc.assert(
        fc.asyncProperty(cast, leads, async (people, lines) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          await manager.clear(Lead)
          for (const [n, { unitId, isSent }] of lines.entries()) {
            const row = newLead(facts, { unitId, enterpriseId: null, postId: null, now: w.now() })
            const sent = isSent ? { state: 'sent' as const, sentOn: row.createdOn, dueOn: row.createdOn } : {}
            const id = pool.rows[n] as string
            await manager.insert(Lead, { ...row, ...sent, id, number: `CB${n}`, mark: id, version: 1, auditHead: '' })
          }
          const ids = pool.rows.slice(0, lines.length)
          const verbs = ['lead.read', 'lead.list', 'lead.answer', 'lead.return', 'lead.export'] as const
          await assertAgreement(w, actor, { target: leadTarget, from: 'lead l', id: 'l.id', ids, verbs }, tally)
        }),
        RUNS,
      )
      assertBothSeen(tally, ['unit', 'branch'])
    })
  })
}
