/** Lists and single reads of cases and rectifications cannot disagree. */
import fc from 'fast-check'
import { CaseShare } from '../../src/cases/caseShare.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { nothingYet } from '../../src/cases/open.js'
import { Rectification } from '../../src/cases/rectification.js'
import { rectificationTarget } from '../../src/cases/rectificationTarget.js'
import { caseTarget } from '../../src/cases/target.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const cases = fc.array(
  fc.record({
    isMine: fc.boolean(),
    category: fc.constantFrom('complaint', 'complaint', 'procedure'),
    enterpriseId: maybe(pool.firms),
    unitId: maybe(pool.units),
    officerPostId: maybe(pool.posts),
    aboutPostId: fc.option(fc.constantFrom(...pool.posts), { nil: null, freq: 1 }),
    aboutUnitId: fc.option(fc.constantFrom(...pool.units), { nil: null, freq: 1 }),
  }),
  { minLength: pool.rows.length, maxLength: pool.rows.length },
)
const shares = fc.uniqueArray(
  fc.record({
    caseId: fc.constantFrom(...pool.rows),
    unitId: fc.constantFrom(...pool.units),
    how: fc.constantFrom('assisting' as const, 'handedOn' as const),
  }),
  { maxLength: 8, selector: ({ caseId, unitId, how }) => `${caseId}${unitId}${how}` },
)
const rectifications = fc.array(
  fc.record({
    caseId: fc.constantFrom(...pool.rows),
    ratedPostId: maybe(pool.posts),
    handlerPostId: maybe(pool.posts),
    unitId: maybe(pool.units),
  }),
  { minLength: 1, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of cases, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the cases and rectifications listed are those that can be read', async () => {
      const [ofCases, ofRectifications]: [Tally, Tally] = [new Map(), new Map()]
      const head = { version: 1, auditHead: '' }
      await fc.assert(
        fc.asyncProperty(cast, cases, shares, rectifications, async (people, matters, parts, puttingRight) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          for (const entity of [HelpCase, CaseShare, Rectification]) await manager.clear(entity)
          const createdAt = w.now()
          await manager.insert(
            HelpCase,
            matters.map(({ isMine, ...matter }, n) => ({
              ...nothingYet,
              ...head,
              ...matter,
              id: pool.rows[n] as string,
              number: `QZ20261123-${n}`,
              state: 'assigned' as const,
              review: 'passed' as const,
              source: 'help' as const,
              title: '演示',
              text: '演示',
              createdBy: isMine ? actor.personId : null,
              createdAt,
              createdOn: '2026-11-23',
              projectId: null,
              guideId: null,
              visitId: null,
              districtCode: null,
              round: 1,
              clock: [],
              allowedWorkdays: 5,
              dueOn: '2026-11-30',
              isProvisional: false,
              signDueOn: '2026-11-24',
            })),
          )
          if (parts.length > 0) {
            const since = { since: createdAt, repliedAt: null }
            await manager.insert(
              CaseShare,
              parts.map((part, n) => ({ ...part, ...since, id: pool.rows[n] as string })),
            )
          }
          await manager.insert(
            Rectification,
            puttingRight.map((one, n) => ({
              ...head,
              ...one,
              id: pool.rows[n] as string,
              ratingId: pool.rows[n] as string,
              state: 'assigned' as const,
              score: 1,
              createdAt,
              createdOn: '2026-11-23',
              verifyDueOn: '2026-11-24',
              resolveDueOn: '2026-12-14',
            })),
          )
          await assertAgreement(
            w,
            actor,
            {
              target: caseTarget,
              from: 'help_case c',
              id: 'c.id',
              ids: pool.rows,
              verbs: ['case.read', 'case.list', 'case.sign', 'case.transfer', 'case.assistReply', 'case.supply'],
            },
            ofCases,
          )
          await assertAgreement(
            w,
            actor,
            {
              target: rectificationTarget,
              from: 'rectification r',
              id: 'r.id',
              ids: pool.rows.slice(0, puttingRight.length),
              verbs: ['rectification.read', 'rectification.list', 'rectification.verify'],
            },
            ofRectifications,
          )
        }),
        { numRuns: 25, seed: 20261123 },
      )
      assertBothSeen(ofCases, [
        'own',
        'enterprise',
        'assigned',
        'standIn',
        'unit',
        'branch',
        'assisting',
        'handedOn',
        'all',
      ])
      assertBothSeen(ofRectifications, ['assigned', 'branch', 'all'])
    })
  })
}
