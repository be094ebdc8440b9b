import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { APART, type Ask, asks } from '../../src/notices/asks.js'
import { FIELD_LIMITS, fitTemplate, parseTemplates } from '../../src/wechat/templates.js'

const templates = parseTemplates(JSON.parse(readFileSync('seeds/wechat/templates.json', 'utf8')))
const moments = Object.entries<Ask>(asks)

describe('what the mini-program asks people to accept', () => {
  it('one tap asks for at most three templates (DOMAIN 9.3), each of them known', () => {
    for (const [moment, { templates: keys }] of moments) {
      assert.ok(keys.length >= 1 && keys.length <= 3, moment)
      assert.deepEqual(
        keys.filter((key) => !templates.has(key)),
        [],
      )
    }
  })

  it('every template is asked for at some moment, by people it is addressed to', () => {
    for (const { key, to } of templates.values()) {
      const asked = moments.filter(([, ask]) => ask.templates.includes(key))
      assert.equal(asked.length > 0, key !== APART, key)
      for (const [moment, { roles }] of asked) {
        const isRight = to === 'enterprise' ? roles === undefined : roles?.some((role) => role === to)
        assert.ok(isRight, `${key} at ${moment}`)
      }
    }
  })

  it('whatever the values, no field of any template goes over its limit', () => {
    const endless = '沈环帮办'.repeat(50)
    for (const template of templates.values()) {
      const values = Object.fromEntries(
        template.fields.map(({ name, type }) => [
          name,
          type === 'date' || type === 'time' ? '2026-11-23T10:00:00+08:00' : `${endless}Q${'9'.repeat(99)}`,
        ]),
      )
      const data = fitTemplate(template, values)
      for (const { key, type } of template.fields) {
        const { length } = data[key]?.value ?? ''
        assert.ok(length > 0 && length <= FIELD_LIMITS[type], `${template.key} ${key}`)
      }
    }
  })
})
