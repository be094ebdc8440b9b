/** Lists and single reads of applications, and of the rejection register, cannot disagree. */
import fc from 'fast-check'
import { Application } from '../../src/applications/application.js'
import { applicationTarget } from '../../src/applications/target.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { nothingYet } from '../../src/cases/open.js'
import { unreviewed } from '../../src/cases/register.js'
import { Rejection } from '../../src/cases/rejection.js'
import { rejectionTarget } from '../../src/cases/rejectionTarget.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const applications = fc.array(
  fc.record({
    enterpriseId: fc.constantFrom(...pool.firms),
    unitId: fc.constantFrom(...pool.units),
    receivedByPostId: fc.constantFrom(...pool.posts),
  }),
  { minLength: pool.rows.length, maxLength: pool.rows.length },
)
const refusals = fc.array(
  fc.record({
    unitId: maybe(pool.units),
    hasCase: fc.boolean(),
    aboutPostId: maybe(pool.posts),
    aboutUnitId: fc.option(fc.constantFrom(...pool.units), { nil: null, freq: 1 }),
  }),
  { minLength: pool.rows.length, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of the window and of the register, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, what is listed is what can be read', async () => {
      const [ofApplications, ofRejections]: [Tally, Tally] = [new Map(), new Map()]
      const head = { version: 1, auditHead: '' }
      await fc.assert(
        fc.asyncProperty(cast, applications, refusals, async (people, taken, refused) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          for (const entity of [Application, Rejection, HelpCase]) await manager.clear(entity)
          const createdAt = w.now()
          await manager.insert(
            Application,
            taken.map((one, n) => ({
              ...head,
              ...one,
              id: pool.rows[n] as string,
              number: `BJ20261123-${n}`,
              state: 'received' as const,
              guideId: pool.rows[0] as string,
              guideCode: 'HP-02',
              guideTitle: '演示',
              guideVersion: 1,
              createdAt,
              receivedOn: '2026-11-23',
              materials: [],
              wasComplete: true,
              noticeDueOn: '2026-11-30',
              isProvisional: false,
            })),
          )
          await manager.insert(
            HelpCase,
            refused.map(({ aboutPostId, aboutUnitId }, n) => ({
              ...nothingYet,
              ...head,
              aboutPostId,
              aboutUnitId,
              id: pool.rows[n] as string,
              number: `QZ20261123-${n}`,
              state: 'declined' as const,
              review: 'passed' as const,
              source: 'help' as const,
              category: 'complaint',
              title: '演示',
              text: '演示',
              createdAt,
              createdOn: '2026-11-23',
              round: 1,
              clock: [],
              allowedWorkdays: 5,
              dueOn: '2026-11-30',
              isProvisional: false,
              signDueOn: '2026-11-24',
            })),
          )
          await manager.insert(
            Rejection,
            refused.map(({ unitId, hasCase }, n) => ({
              ...head,
              ...unreviewed,
              id: pool.rows[n] as string,
              kind: hasCase ? ('help' as const) : ('application' as const),
              caseId: hasCase ? (pool.rows[n] as string) : null,
              unitId,
              basis: '演示',
              reason: '演示',
              proposedByPostId: pool.posts[0] as string,
              agreedByPostId: pool.posts[1] as string,
              registeredOn: '2026-11-23',
            })),
          )
          await assertAgreement(
            w,
            actor,
            {
              target: applicationTarget,
              from: 'application a',
              id: 'a.id',
              ids: pool.rows,
              verbs: ['application.read', 'application.list', 'application.accept', 'application.agreeRefusal'],
            },
            ofApplications,
          )
          await assertAgreement(
            w,
            actor,
            {
              target: rejectionTarget,
              from: 'rejection j',
              id: 'j.id',
              ids: pool.rows,
              verbs: ['rejection.list', 'rejection.review', 'rejection.correct'],
            },
            ofRejections,
          )
        }),
        { numRuns: 25, seed: 20261126 },
      )
      assertBothSeen(ofApplications, ['enterprise', 'standIn', 'unit', 'branch', 'all'])
      assertBothSeen(ofRejections, ['branch', 'all'])
    })
  })
}
