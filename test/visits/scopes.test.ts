/** Lists and single reads of visits cannot disagree. */
import fc from 'fast-check'
import { Visit } from '../../src/visits/visit.js'
import { VisitEnterprise } from '../../src/visits/visitEnterprise.js'
import { VisitStaff } from '../../src/visits/visitStaff.js'
import { visitTarget } from '../../src/visits/visitTarget.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const visits = fc.array(
  fc.record({
    unitId: maybe(pool.units),
    firms: fc.uniqueArray(fc.constantFrom(...pool.firms), { maxLength: 2 }),
    staff: fc.uniqueArray(fc.constantFrom(...pool.posts), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of visits, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the visits listed are those that can be read', async () => {
      const tally: Tally = new Map()
      await fc.assert(
        fc.asyncProperty(cast, visits, async (people, lines) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          for (const entity of [Visit, VisitEnterprise, VisitStaff]) await manager.clear(entity)
          const head = { version: 1, auditHead: '' }
          for (const [n, { unitId, firms, staff }] of lines.entries()) {
            const id = pool.rows[n] as string
            await manager.insert(Visit, {
              ...head,
              id,
              unitId,
              state: 'held',
              kind: 'enterprise',
              week: '2026-11-23',
              onDate: '2026-11-23',
              topics: [],
              isPlaceOdd: false,
              createdAt: w.now(),
            })
            for (const enterpriseId of firms) {
              const part = { id: `${n}${enterpriseId.slice(1)}`, visitId: id, enterpriseId }
              await manager.insert(VisitEnterprise, { ...head, ...part, state: 'held', onDate: '2026-11-23' })
            }
            for (const postId of staff) {
              await manager.insert(VisitStaff, { id: `${n}${postId.slice(1)}`, visitId: id, postId })
            }
          }
          await assertAgreement(
            w,
            actor,
            {
              target: visitTarget,
              from: 'visit v',
              id: 'v.id',
              ids: pool.rows.slice(0, lines.length),
              verbs: ['visit.read', 'visit.list', 'visit.cancel', 'visit.confirm'],
            },
            tally,
          )
        }),
        { numRuns: 50, seed: 20261123 },
      )
      assertBothSeen(tally, ['enterprise', 'assigned', 'standIn', 'unit', 'branch', 'all'])
    })
  })
}
