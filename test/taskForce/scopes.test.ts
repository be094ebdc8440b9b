/** Lists and single reads of meetings, decisions and lists handed over cannot disagree. */
import fc from 'fast-check'
import { HandoverLine, HandoverList } from '../../src/handovers/handoverList.js'
import { handoverStates } from '../../src/handovers/states.js'
import { handoverTarget } from '../../src/handovers/target.js'
import { Decision } from '../../src/taskForce/decision.js'
import { Meeting, MeetingAttendance } from '../../src/taskForce/meeting.js'
import { decisionTarget, meetingTarget } from '../../src/taskForce/target.js'
import { databaseNames } from '../databases.js'
import { assertAgreement, assertBothSeen, type Cast, cast, play, pool, type Tally } from '../scopes.js'
import { type World, world } from '../world.js'

const head = { version: 1, auditHead: '' }
const RUNS = { numRuns: 40, seed: 20261126 }
const someOf = (values: readonly string[]) => fc.constantFrom(...values)

/** Enforcement instead of the approval office, so that its reach is tried too. */
const enforcing = (people: Cast): Cast => ({
  ...people,
  posts: people.posts.map((post) => (post.unitId === 'approval' ? { ...post, unitId: 'enforcement' } : post)),
})

for (const database of databaseNames) {
  describe(`the scopes of the task force, on ${database}`, function () {
    this.timeout(120_000)
    let w: World
    before(async () => {
      w = await world(database)
    })
    after(() => w.stop())

    it('for every person, the meetings listed are those that can be read', async () => {
      const tally: Tally = new Map()
      const meetings = fc.array(
        fc.record({ unitId: someOf(pool.units), invited: fc.uniqueArray(someOf(pool.posts), { maxLength: 3 }) }),
        { minLength: 1, maxLength: pool.rows.length },
      )
      await fc.assert(
        fc.asyncProperty(cast, meetings, async (people, lines) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          for (const entity of [Meeting, MeetingAttendance]) await manager.clear(entity)
          for (const [n, { unitId, invited }] of lines.entries()) {
            const id = pool.rows[n] as string
            const what = { state: 'held' as const, onDate: '2026-11-20', topic: '推进', createdAt: w.now() }
            await manager.insert(Meeting, { ...head, id, teamId: unitId, unitId, ...what })
            for (const postId of invited) {
              await manager.insert(MeetingAttendance, { id: `${n}${postId.slice(1)}`, meetingId: id, postId })
            }
          }
          const ids = pool.rows.slice(0, lines.length)
          const verbs = ['meeting.read', 'meeting.list', 'meeting.record', 'meeting.cancel'] as const
          await assertAgreement(w, actor, { target: meetingTarget, from: 'meeting m', id: 'm.id', ids, verbs }, tally)
        }),
        RUNS,
      )
      assertBothSeen(tally, ['assigned', 'standIn', 'branch', 'all'])
    })

    it('for every person, the decisions listed are those that can be reported on or closed', async () => {
      const tally: Tally = new Map()
      const decisions = fc.array(fc.record({ unitId: someOf(pool.units), postId: someOf(pool.posts) }), {
        minLength: 1,
        maxLength: pool.rows.length,
      })
      await fc.assert(
        fc.asyncProperty(cast, decisions, async (people, lines) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          await manager.clear(Decision)
          for (const [n, { unitId, postId }] of lines.entries()) {
            const id = pool.rows[n] as string
            const what = { text: '协调总量', dueOn: '2026-12-01', state: 'open' as const, madeOn: '2026-11-20' }
            await manager.insert(Decision, { ...head, id, meetingId: id, unitId, responsiblePostId: postId, ...what })
          }
          const ids = pool.rows.slice(0, lines.length)
          const verbs = ['decision.list', 'decision.report', 'decision.close'] as const
          await assertAgreement(w, actor, { target: decisionTarget, from: 'decision d', id: 'd.id', ids, verbs }, tally)
        }),
        RUNS,
      )
      assertBothSeen(tally, ['assigned', 'standIn', 'branch', 'all'])
    })

    it('for every person, the lists of approvals listed are those that can be read', async () => {
      const tally: Tally = new Map()
      const lists = fc.array(
        fc.record({
          state: fc.constantFrom(...handoverStates),
          units: fc.uniqueArray(someOf(['tiexi', 'heping']), { maxLength: 2 }),
        }),
        { minLength: 1, maxLength: pool.rows.length },
      )
      await fc.assert(
        fc.asyncProperty(cast.map(enforcing), lists, async (people, rows) => {
          const actor = await play(w, people)
          const { manager } = w.service.house.ds
          for (const entity of [HandoverList, HandoverLine]) await manager.clear(entity)
          for (const [n, { state, units }] of rows.entries()) {
            const id = pool.rows[n] as string
            await manager.insert(HandoverList, { ...head, id, month: `2026-0${n + 1}`, state })
            for (const [at, unitId] of units.entries()) {
              const what = { projectName: '项目', firmName: '企业', approvedOn: '2026-01-09' }
              const once = { projectId: id, projectVersion: at }
              await manager.insert(HandoverLine, {
                ...head,
                id: `${at}${id.slice(1)}`,
                listId: id,
                unitId,
                ...once,
                ...what,
              })
            }
          }
          const ids = pool.rows.slice(0, rows.length)
          const verbs = ['handover.read', 'handover.list', 'handover.send', 'handover.acknowledge'] as const
          const from = 'handover_list h'
          await assertAgreement(w, actor, { target: handoverTarget, from, id: 'h.id', ids, verbs }, tally)
        }),
        RUNS,
      )
      assertBothSeen(tally, ['unit', 'branch', 'all'])
    })
  })
}
