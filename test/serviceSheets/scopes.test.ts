/** Lists and single decisions about binds cannot disagree. */
import fc from 'fast-check'
import { blankProject } from '../../src/projects/ledger.js'
import { Project } from '../../src/projects/project.js'
import { bindTarget } from '../../src/serviceSheets/bindTarget.js'
import { ProjectBind } from '../../src/serviceSheets/projectBind.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const binds = fc.array(
  fc.record({
    unitId: maybe(pool.units),
    officerPostId: maybe(pool.posts),
    branchLeaderPostId: maybe(pool.posts),
    isMine: fc.boolean(),
  }),
  { minLength: 1, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of binds, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the binds listed are those that can be reached', async () => {
      const tally: Tally = new Map()
      await fc.assert(
        fc.asyncProperty(cast, binds, async (people, rows) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          await manager.clear(Project)
          await manager.clear(ProjectBind)
          for (const [n, { isMine, ...officers }] of rows.entries()) {
            const id = pool.rows[n] as string
            await manager.insert(Project, {
              ...blankProject,
              id,
              version: 1,
              auditHead: '',
              book: 'local',
              name: '演示',
              builderName: '演示',
              careLevel: 'own',
              stage: 'drafting',
              stageOn: '2026-11-23',
              careEndedOn: null,
              createdAt: w.now(),
              updatedAt: w.now(),
              ...officers,
            })
            await manager.insert(ProjectBind, {
              id,
              version: 1,
              auditHead: '',
              projectId: id,
              sheetId: id,
              enterpriseId: pool.firms[0] as string,
              personId: isMine ? actor.personId : null,
              state: 'pending',
              askedAt: w.now(),
              decidedByPostId: null,
              decidedAt: null,
              reason: null,
            })
          }
          await assertAgreement(
            w,
            actor,
            {
              target: bindTarget,
              from: 'project_bind b',
              id: 'b.id',
              ids: pool.rows.slice(0, rows.length),
              verbs: ['project.binds', 'project.confirmBind', 'project.refuseBind'],
            },
            tally,
          )
        }),
        { numRuns: 30, seed: 20261126 },
      )
      assertBothSeen(tally, ['own', 'assigned', 'standIn', 'unit', 'branch', 'all'])
    })
  })
}
