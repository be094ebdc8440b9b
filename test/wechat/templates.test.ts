// The seeded templates are well formed, and whatever is put into them fits WeChat's limits.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { WechatError } from '../../src/wechat/problems.js'
import { readMessageData } from '../../src/wechat/sandbox/messageRules.js'
import { fitTemplate, type MessageTemplate, parseTemplates } from '../../src/wechat/templates.js'

const seeds: unknown = JSON.parse(readFileSync('seeds/wechat/templates.json', 'utf8'))
const template: MessageTemplate = {
  key: 'example',
  templateId: 'demo-example',
  title: '示例',
  to: 'enterprise',
  page: 'pages/case/case',
  fields: [
    { name: 'title', key: 'thing1', type: 'thing', label: '标题' },
    { name: 'number', key: 'character_string2', type: 'character_string', label: '编号' },
    { name: 'state', key: 'phrase3', type: 'phrase', label: '状态' },
    { name: 'dueOn', key: 'date4', type: 'date', label: '期限' },
    { name: 'at', key: 'time5', type: 'time', label: '时间' },
  ],
}
const values = {
  title: '厂区扩建是否需要重新报批环境影响评价文件',
  number: 'QZ20261123-K7M4Q',
  state: '已答复',
  dueOn: '2026-12-03',
  at: '2026-11-23T07:01:00Z',
}
const fitted = (changes: object) =>
  Object.fromEntries(
    Object.entries(fitTemplate(template, { ...values, ...changes })).map(([key, { value }]) => [key, value]),
  )

describe('wechat message templates', () => {
  it('the seeds are read, each key and template id once, and own ids take the place of the placeholders', () => {
    const templates = parseTemplates(seeds, { caseAnswered: 'bureau-own-id' })
    assert.equal(templates.get('caseAnswered')?.templateId, 'bureau-own-id')
    assert.equal(new Set([...templates.values()].map(({ templateId }) => templateId)).size, templates.size)
    for (const { key, fields } of templates.values()) {
      assert.equal(new Set(fields.map((field) => field.key)).size, fields.length, key)
      assert.equal(new Set(fields.map((field) => field.name)).size, fields.length, key)
    }
    assert.throws(() => parseTemplates(seeds, { nothing: 'x' }), /nothing/)
  })

  it('values that fit stay as they are; dates and times are Shanghai ones', () => {
    assert.deepEqual(fitted({}), {
      thing1: '厂区扩建是否需要重新报批环境影响评价文件',
      character_string2: 'QZ20261123-K7M4Q',
      phrase3: '已答复',
      date4: '2026年12月3日',
      time5: '2026年11月23日 15:01',
    })
    assert.equal(fitted({ dueOn: new Date('2026-12-31T16:30:00Z') }).date4, '2027年1月1日')
  })

  it('thing 20 个以内字符, character_string 32 位, phrase 5 个以内汉字', () => {
    const long = fitted({ title: '长'.repeat(30), number: 'A'.repeat(40), state: '已经答复完毕了吗' })
    assert.equal(long.thing1, `${'长'.repeat(19)}…`)
    assert.equal(long.character_string2, 'A'.repeat(32))
    assert.equal(long.phrase3, '已经答复完')
    assert.equal(fitted({ title: `${'长'.repeat(18)}𠀀𠀀` }).thing1, `${'长'.repeat(18)}…`)
    assert.equal(fitted({ title: ' 第一行\r\n第二行\u0000\u200b😀 ' }).thing1, '第一行 第二行')
  })

  it('names every field that is missing, unknown or does not fit', () => {
    const wrong = { ...values, number: '编号', dueOn: '2026-02-30', at: '2026-11-23T15:01:00', surplus: 'x' }
    assert.throws(
      () => fitTemplate(template, wrong),
      (error: unknown) =>
        error instanceof WechatError &&
        error.kind === 'badInput' &&
        error.meaning.endsWith('：number、dueOn、at、surplus'),
    )
  })

  it('whatever is put in, WeChat’s rules are kept or it is refused as bad input', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const anyValue = fc.oneof(text, fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }))
    fc.assert(
      fc.property(text, text, text, anyValue, anyValue, (title, number, state, dueOn, at) => {
        for (const change of [{ title }, { number }, { state }, { dueOn }, { at }]) {
          let data: ReturnType<typeof fitTemplate>
          try {
            data = fitTemplate(template, { ...values, ...change })
          } catch (error) {
            assert.ok(error instanceof WechatError && error.kind === 'badInput')
            continue
          }
          assert.equal(Object.keys(readMessageData(data)).length, template.fields.length)
        }
      }),
    )
  })
})
