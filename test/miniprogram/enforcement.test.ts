/** What the enforcement side writes: sums, the questions of its steps, and the rules of rewards, before the server is asked. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import './fakeWx.js'
import { acts, type Context } from '../../miniprogram/enforcement/act/acts.js'
import { faultsOf, inputOf, linesOf, noFields } from '../../miniprogram/enforcement/act/view.js'
import * as rules from '../../miniprogram/enforcement/rules/view.js'
import { buttonsOf, rewardActs, tipActs } from '../../miniprogram/enforcement/services/acts.js'
import type { TipView } from '../../miniprogram/enforcement/services/tipWords.js'
import { fenOf, yuanField, yuanText } from '../../miniprogram/services/money.js'
import { contract, type Verb } from '../../src/contract.js'

const fields = (texts: Record<string, string>) => ({ ...noFields(), texts })
const about = (view: Partial<TipView>): Context => ({
  tip: { others: [], ...view } as TipView,
  reward: null,
  rules: null,
})

describe('sums', () => {
  it('are said in yuan, with fen only where there are any', () => {
    assert.deepEqual([0, 50, 50_050, 200_000, 123_456_789].map(yuanText), [
      '0元',
      '0.50元',
      '500.50元',
      '2,000元',
      '1,234,567.89元',
    ])
    assert.equal(yuanText(-500), '-5元')
  })

  it('come back from a field as they went into it, whatever they are', () => {
    fc.assert(fc.property(fc.nat(2_000_000_000), (fen) => fenOf(yuanField(fen)) === fen))
  })

  it('that are none are not taken for one', () => {
    assert.deepEqual(
      ['', ' ', '五百', '5.', '.5', '1.234', '-5', '1e3', '5元', '99999999999'].map(fenOf),
      Array.from({ length: 10 }, () => undefined),
    )
    assert.deepEqual([' 2,000 ', '0.5', '12.34'].map(fenOf), [200_000, 50, 1234])
  })
})

describe('a step on a tip or a reward', () => {
  it('is a verb of the contract, asks for what that takes and for nothing else', () => {
    for (const [verb, act] of Object.entries(acts)) {
      assert.ok(Object.hasOwn(contract, verb), verb)
      const taken = Object.keys(contract[verb as Verb].input.shape)
      const asked = [act.idName, ...act.questions.map(({ name }) => name), ...Object.keys(act.along?.(about({})) ?? {})]
      assert.deepEqual(taken.filter((name) => name !== 'version').sort(), [...new Set(asked)].sort(), verb)
    }
  })

  it('has a form for every button', () => {
    for (const { verb } of [...tipActs, ...rewardActs]) assert.ok(Object.hasOwn(acts, verb), verb)
  })

  it('is the likeliest first, another beside it, and the rest behind 更多', () => {
    const { main, second, rest } = buttonsOf(tipActs, ['tip.note', 'tip.reply', 'tip.refuse', 'tip.accept'])
    assert.deepEqual(
      [main?.word, second?.word, rest.map(({ word }) => word)],
      ['受理', '不予受理', ['告诉举报人', '内部记录']],
    )
    const over = buttonsOf(tipActs, ['tip.note', 'tip.reply'])
    assert.deepEqual([over.main, over.second?.word, over.rest.length], [null, '告诉举报人', 1])
  })

  it('asks of a penalty what it asks of no other decision, and sends fen', () => {
    const act = acts['tip.conclude']
    assert.ok(act)
    const names = (texts: Record<string, string>) => linesOf(act, fields(texts), about({}), {}).map(({ name }) => name)
    assert.deepEqual(names({}), ['decision', 'reply'])
    assert.deepEqual(names({ decision: 'none' }), ['decision', 'reply'])
    assert.deepEqual(names({ decision: 'correction' }), ['decision', 'decisionNumber', 'decidedOn', 'reply'])
    const texts = { decision: 'penalty', decisionNumber: ' ', penaltyFen: '5万', reply: '已处罚' }
    assert.deepEqual(faultsOf(act, fields(texts), about({})), { penaltyFen: '请写元数，如 50000' })
    const right = { ...texts, penaltyFen: '50000' }
    assert.deepEqual(faultsOf(act, fields(right), about({})), {})
    assert.deepEqual(inputOf(act, fields(right), about({})), {
      decision: 'penalty',
      penaltyFen: 5_000_000,
      reply: '已处罚',
    })
    // What was typed of a penalty is not sent with another decision.
    assert.equal('penaltyFen' in inputOf(act, fields({ ...right, decision: 'none' }), about({})), false)
  })

  it('asks which tip told the same only where there are others', () => {
    const act = acts['tip.verify']
    assert.ok(act)
    const others = [{ id: 't1', number: 'JB20261101-AAAAA', state: 'concluded', submittedOn: '2026-11-01' } as const]
    const last = (view: Partial<TipView>) => linesOf(act, noFields(), about(view), {}).slice(-1)[0]
    assert.equal(last({})?.name, 'fileIds')
    assert.deepEqual(
      last({ others })?.options.map(({ value }) => value),
      ['', 't1'],
    )
    const given = { finding: 'true', facts: '查实', sameMatterAs: '' }
    assert.equal('sameMatterAs' in inputOf(act, fields(given), about({ others })), false)
  })

  it('offers no level without an amount', () => {
    const act = acts['reward.propose']
    assert.ok(act)
    const context: Context = { ...about({}), rules: ruled }
    assert.deepEqual(
      linesOf(act, noFields(), context, {})[0]?.options.map(({ value, label }) => [value, label.replace(/^\S+ /, '')]),
      [
        ['large', '2,000元（待市局确认）'],
        ['general', '500元'],
      ],
    )
  })

  it('that lists turns into one that takes off, by what stands', () => {
    const act = acts['tip.markPriority']
    assert.deepEqual(
      [false, true].map((isPriority) => act?.along?.(about({ isPriority }))),
      [{ isPriority: true }, { isPriority: false }],
    )
  })
})

const ruled: rules.Rules = {
  levels: [
    { level: 'major', amountFen: null, confirmed: false, note: '待市局确认' },
    { level: 'large', amountFen: 200_000, confirmed: false, note: '' },
    { level: 'general', amountFen: 50_000, confirmed: true, note: '文件' },
  ],
  claimDays: 60,
  claimUnit: 'day',
  dailyTotalFen: 5_000_000,
  dailyCount: 100,
  perPersonDailyFen: 1_000_050,
  lowBalanceFen: 0,
  confirmed: false,
  note: '待市局确认',
  version: 7,
  can: [],
}

describe('the rules of rewards', () => {
  const levels = ruled.levels.map(({ level }) => level)

  it('unchanged are sent as they were read', () => {
    const { can: _, ...sent } = ruled
    assert.deepEqual(rules.faultsOf(rules.fieldsOf(ruled), levels), {})
    assert.deepEqual(rules.inputOf(rules.fieldsOf(ruled), levels), sent)
  })

  it('with wrong sums and days are told all of them at once', () => {
    const { version, texts } = rules.fieldsOf(ruled)
    const wrong = { ...texts, 'large.amount': '两千', dailyTotalFen: '', dailyCount: '1.5', claimDays: '0' }
    assert.deepEqual(Object.keys(rules.faultsOf({ version, texts: wrong }, levels)).sort(), [
      'claimDays',
      'dailyCount',
      'dailyTotalFen',
      'large.amount',
    ])
  })
})
