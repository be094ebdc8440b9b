/** Lists and single reads of projects cannot disagree. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { among } from '../../src/http/scopes.js'
import type { Grant } from '../../src/people/actor.js'
import { blankProject } from '../../src/projects/ledger.js'
import { Project } from '../../src/projects/project.js'
import { projectScopes, projectTarget } from '../../src/projects/target.js'
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

/** The nth line of the ledger, with nobody in charge. */
const line = (w: World, n: number) => ({
  ...blankProject,
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
})

for (const database of databaseNames) {
  describe(`the scopes of projects, on ${database}`, function () {
    this.timeout(120_000)
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
            lines.map((fields, n) => ({ ...line(w, n), ...fields })),
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

    it('a scope whose two halves differ is found out', async () => {
      const { assigned } = projectScopes
      assert.ok(assigned)
      const halved = { ...assigned, where: (grant: Grant) => among('p.officerPostId', [grant.postId]) }
      const target = { ...projectTarget, scopes: { assigned: halved } }
      const people = fc.sample(cast, { numRuns: 1, seed: 1 })[0]
      assert.ok(people)
      const post = { unitId: 'tiexi', role: 'officer' as const, isActive: true, isMine: true }
      const actor = await play(w, { ...people, posts: [post, ...people.posts.slice(1)] })
      const { manager } = w.service.house.ds
      await manager.clear(Project)
      await manager.insert(Project, { ...line(w, 0), branchLeaderPostId: pool.posts[0] as string })
      const subject = { from: 'project p', id: 'p.id', ids: pool.rows.slice(0, 1), verbs: [] }
      await assertAgreement(w, actor, { ...subject, target: projectTarget })
      await assert.rejects(assertAgreement(w, actor, { ...subject, target }), assert.AssertionError)
    })

    it('each scope is read through an index of its own', async () => {
      const { manager } = w.service.house.ds
      const grant: Grant = {
        scope: 'all',
        role: 'officer',
        personId: 'x',
        enterpriseIds: ['x', 'y'],
        ownPostIds: ['x'],
        ownUnitIds: ['x'],
        postId: 'x',
        unitId: 'x',
        absentPostIds: ['x', 'y'],
      }
      await manager.clear(Project)
      await manager.insert(
        Project,
        Array.from({ length: 500 }, (_, n) => ({
          ...line(w, 0),
          id: uuid(),
          officerPostId: uuid(),
          unitId: String(n),
        })),
      )
      // Else the server counts what is in the table whenever it finds the time, and plans by that.
      if (database === 'MariaDB') await manager.query('ANALYZE TABLE project')
      for (const [scope, rule] of Object.entries(projectScopes)) {
        if (scope === 'all') continue
        const { sql, params } = rule.where(grant)
        const explain = database === 'embedded' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
        const plan = JSON.stringify(await manager.query(`${explain} SELECT p.id FROM project p WHERE ${sql}`, params))
        assert.match(plan, /project_(enterprise|officer|unit)/, scope)
        assert.doesNotMatch(plan, /SCAN p|"type":"(ALL|index)"/, scope)
      }
    })
  })
}
