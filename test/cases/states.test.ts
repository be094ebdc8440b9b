import assert from 'node:assert/strict'
import { HelpCase } from '../../src/cases/helpCase.js'
import {
  caseStates,
  type CaseVerb,
  checkTransitions,
  type Transition,
  transitions,
  unreachableStates,
} from '../../src/cases/states.js'
import { databaseNames } from '../databases.js'
import { staff, type StaffMember } from '../factories.js'
import type { Caller } from '../world.js'
import { type Stage, stage } from './stage.js'

describe('the states of a case', () => {
  it('every state can be reached', () => {
    assert.deepEqual(unreachableStates(), [])
  })

  it('a table with a state that nothing leads to is refused at start', () => {
    const { 'case.withdraw': _, ...rest } = transitions
    assert.throws(() => checkTransitions(rest), /withdrawn/)
  })

  it('a table whose verb leads from where it is not allowed is refused at start', () => {
    const broken: Record<string, Transition> = {
      ...transitions,
      'case.close': { from: ['answered'], to: { closed: 'assigned' } },
    }
    assert.throws(() => checkTransitions(broken), /case\.close/)
  })
})

/** One who may do the verb, and what it takes besides the id. */
const acts: Record<CaseVerb, [who: 'officer' | 'asker' | 'leader' | 'supervisor' | 'helper', input: object]> = {
  'case.sign': ['officer', {}],
  'case.askMore': ['officer', { text: '请补充平面图' }],
  'case.supply': ['asker', { text: '已补充' }],
  'case.note': ['officer', { text: '已电话联系' }],
  'case.answer': ['officer', { text: '答复如下' }],
  'case.decline': ['officer', { basis: '《信访工作条例》', reason: '不属于职责范围' }],
  'case.agreeDecline': ['leader', {}],
  'case.withdraw': ['asker', {}],
  'case.urge': ['asker', {}],
  'case.transfer': ['officer', { unitId: 'heping', reason: '属于和平区' }],
  'case.assign': ['leader', {}],
  'case.assist': ['officer', { unitId: 'shenhe', text: '请看看' }],
  'case.assistReply': ['helper', { text: '可以' }],
  'case.proposeQuestion': ['officer', { question: '要准备什么？', answer: '报告表和申请书。' }],
  'case.extend': ['officer', { workdays: 2, reason: '要踏勘' }],
  'case.agreeExtension': ['supervisor', {}],
  'case.release': ['officer', {}],
  'case.close': ['asker', {}],
  'case.rate': ['asker', { score: 4 }],
  'case.reopen': ['asker', { text: '还有问题' }],
}

/** What a verb needs besides its state. */
const needs: Partial<Record<CaseVerb, Partial<HelpCase>>> = {
  'case.proposeQuestion': { answeredAt: new Date('2026-11-23T04:00:00Z') },
  'case.agreeExtension': {
    pendingExtension: { workdays: 2, reason: '要踏勘', postId: '', personId: null, at: '2026-11-23T04:00:00Z' },
  },
  'case.agreeDecline': {
    pendingDecline: {
      basis: '《信访工作条例》',
      reason: '不属于职责',
      postId: '',
      personId: null,
      at: '2026-11-23T04:00:00Z',
    },
  },
}

for (const database of databaseNames) {
  describe(`each verb in each state, on ${database}`, () => {
    let s: Stage
    let helper: StaffMember
    let colleagueId: string
    before(async () => {
      s = await stage(database)
      helper = await staff(s.w, { role: 'officer', unitId: 'heping' })
      await staff(s.w, { role: 'leader', unitId: 'shenhe' })
      colleagueId = s.colleague.postId
    })
    after(() => s.w.stop())

    const actor = (who: (typeof acts)[CaseVerb][0]): Caller =>
      ({
        officer: s.officer.caller,
        asker: s.asker,
        leader: s.leader.caller,
        supervisor: s.supervisor.caller,
        helper: helper.caller,
      })[who]

    for (const verb of Object.keys(transitions) as CaseVerb[]) {
      it(`${verb} is done where the table allows it, and refused with a sentence elsewhere`, async () => {
        const [who, input] = acts[verb]
        const { manager } = s.w.service.house.ds
        const { id } = await s.signed()
        if (verb === 'case.assistReply')
          await s.officer.caller.call('case.assist', { id, unitId: 'heping', text: '请会办' })
        const [guide] = (await s.asker.call('guide.search', {})).items
        const found: Partial<Record<CaseVerb, object>> = {
          'case.assign': { officerId: colleagueId },
          'case.proposeQuestion': { ...input, guideId: guide?.id },
        }
        const rest = found[verb] ?? input
        const { from, to = {} }: Transition = transitions[verb]
        for (const state of caseStates) {
          const closed = ['closed', 'declined'].includes(state)
          const now = s.w.now()
          await manager.update(
            HelpCase,
            { id },
            {
              ...needs[verb],
              state,
              // One closing is rated once.
              round: caseStates.indexOf(state) + 1,
              review: 'pending',
              officerPostId: s.officer.postId,
              unitId: 'tiexi',
              urgedOn: null,
              rating: null,
              pendingDecline: needs[verb]?.pendingDecline ?? null,
              pendingExtension: needs[verb]?.pendingExtension ?? null,
              closedOn: closed ? '2026-11-23' : null,
              closedAt: closed ? now : null,
            },
          )
          const before = await manager.findOneByOrFail(HelpCase, { id })
          const { can } = await actor(who).call('case.read', { id })
          assert.equal(can.includes(verb), from.includes(state), `${verb} offered in ${state}`)
          const { status, body } = await actor(who).try(verb, { id, ...rest })
          if (from.includes(state)) {
            assert.equal(status, 200, `${verb} in ${state}: ${JSON.stringify(body)}`)
            assert.equal(body.state, to[state] ?? state)
          } else {
            assert.equal(status, 409, `${verb} in ${state}`)
            const isOwnTurn = verb === 'case.urge' && state === 'waiting'
            assert.match(body.title, isOwnTurn ? /^正在等您补充，补充后继续计时$/ : /^这件诉求.+，不能做这一步$/)
            assert.deepEqual(await manager.findOneByOrFail(HelpCase, { id }), before)
          }
        }
      })
    }
  })
}
