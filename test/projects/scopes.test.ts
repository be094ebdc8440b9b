/** Lists and single reads of projects cannot disagree. */
import fc from 'fast-check'
import { blankProject } from '../../src/projects/ledger.js'
import { Project } from '../../src/projects/project.js'
import { projectTarget } from '../../src/projects/target.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, cast, maybe, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const projects = fc.array(
  fc.record({
    enterpriseId: maybe(pool.firms),
    unitId: maybe(pool.units),
    officerPostId: maybe(pool.posts),
    branchLeaderPostId: maybe(pool.posts),
    cityLeaderPostId: maybe(pool.posts),
  }),
  { minLength: 1, maxLength: pool.rows.length },
)

for (const database of databaseNames) {
  describe(`the scopes of projects, on ${database}`, () => {
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the projects listed are those that can be read', async () => {
      const tally: Tally = new Map()
      await fc.assert(
        fc.asyncProperty(cast, projects, async (people, lines) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          await manager.clear(Project)
          await manager.insert(
            Project,
            lines.map((line, n) => ({
              ...blankProject,
              ...line,
              id: pool.rows[n] as string,
              version: 1,
              auditHead: '',
              book: 'local' as const,
              name: '演示',
              builderName: '演示',
              careLevel: 'own' as const,
              stage: 'drafting' as const,
              stageOn: '2026-11-23',
              careEndedOn: null,
              createdAt: w.now(),
              updatedAt: w.now(),
            })),
          )
          await assertAgreement(
            w,
            actor,
            {
              target: projectTarget,
              from: 'project p',
              id: 'p.id',
              ids: pool.rows.slice(0, lines.length),
              verbs: ['project.read', 'project.list', 'project.update', 'project.assign'],
            },
            tally,
          )
        }),
        { numRuns: 60, seed: 20261123 },
      )
      assertBothSeen(tally, ['enterprise', 'assigned', 'standIn', 'unit', 'branch', 'all'])
    })
  })
}
