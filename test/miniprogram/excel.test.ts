/** Imports and exports in words: how far, how they ended, and to whom they are offered. */
import './fakeWx'
import assert from 'node:assert/strict'
import type { Me } from '../../miniprogram/services/api'
import { isOffered, isOver, progressText, type Run } from '../../miniprogram/services/exporting'
import { outcomeOf } from '../../miniprogram/supervisor/import/view'

const run = (fields: Partial<Run>): Run => ({
  id: 'r',
  verb: 'project.import',
  isDryRun: true,
  state: 'working',
  done: 0,
  total: null,
  counts: null,
  message: null,
  file: null,
  createdAt: '2026-11-23T10:00:00.000+08:00',
  finishedAt: null,
  ...fields,
})
const me = (...roles: Me['posts'][number]['role'][]) => ({ posts: roles.map((role) => ({ role })) }) as Me

describe('an import or export on its way', () => {
  it('says how far it is', () => {
    assert.equal(progressText(run({ state: 'waiting' })), '排队中…')
    assert.equal(progressText(run({})), '正在读文件…')
    assert.equal(progressText(run({ done: 1200, total: 5000 })), '已检查 1200 / 5000 行')
    assert.equal(progressText(run({ verb: 'case.export', done: 500 })), '已写 500 条')
    assert.deepEqual([isOver(run({})), isOver(run({ state: 'refused' }))], [false, true])
  })

  it('may be imported when the trial found something to do and nothing wrong', () => {
    const counts = { lines: 3, created: 1, updated: 1, unchanged: 1, faults: 0 }
    const message = '没有问题，可以导入：新增 1 个，修改 1 个，1 个没有变化。'
    const { title, text, isReady } = outcomeOf(run({ state: 'done', counts, message }))
    assert.deepEqual([title, text, isReady], ['检查过了，没有问题', '新增 1 个，修改 1 个，1 个没有变化。', true])
    const idle = { ...counts, created: 0, updated: 0, unchanged: 3 }
    assert.equal(outcomeOf(run({ state: 'done', counts: idle })).isReady, false)
    assert.equal(outcomeOf(run({ state: 'done', counts, isDryRun: false })).isReady, false)
  })

  it('with faults says how many, once', () => {
    const counts = { lines: 3, created: 0, updated: 0, unchanged: 0, faults: 2 }
    const message = '2 处有问题，什么都没有导入。第一处在 K8：请填其中一个。'
    const { title, text, tone } = outcomeOf(run({ state: 'faulty', counts, message }))
    assert.deepEqual([title, text, tone], ['有 2 处要改，什么都没有导入', '第一处在 K8：请填其中一个。', 'bad'])
  })

  it('is offered to those whom the server lets', () => {
    assert.equal(isOffered(me('supervisor'), 'project.import'), true)
    assert.equal(isOffered(me('leader'), 'project.import'), false)
    assert.equal(isOffered(me('leader'), 'case.export'), true)
    assert.equal(isOffered(me('officer'), 'case.export'), false)
    assert.equal(isOffered(null, 'case.export'), false)
  })
})
