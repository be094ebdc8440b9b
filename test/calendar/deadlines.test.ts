import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parseDeadlines } from '../../src/calendar/deadlines.js'

const json = () => JSON.parse(readFileSync(new URL('../../seeds/deadlines.json', import.meta.url), 'utf8'))

describe('deadlines', () => {
  const deadlines = parseDeadlines(json())

  it('policy, procedure, reform, industry access and consultation are answered in 5 working days, the others in 10', () => {
    const days = Object.entries(deadlines.handle).map(([category, { workdays }]) => [category, workdays])
    assert.deepEqual(Object.fromEntries(days), {
      siteSelection: 10,
      zoneControl: 10,
      assessment: 10,
      complaint: 10,
      suggestion: 10,
      industryAccess: 5,
      policyGuidance: 5,
      procedure: 5,
      reform: 5,
      consultation: 5,
    })
  })

  it('the other terms are those of the house', () => {
    const { sign, extension, remind, escalate, autoClose, reopen, urge, expertHelp, rectification } = deadlines
    assert.deepEqual(
      {
        sign: sign.workdays,
        extension: [extension.times, extension.workdays],
        remind: remind.workdays,
        escalate: [escalate.leader.workdays, escalate.supervisor.workdays],
        autoClose: autoClose.workdays,
        reopen: reopen.days,
        urge: urge.workdays,
        expertHelp: expertHelp.workdays,
        rectification: [rectification.verify.workdays, rectification.resolve.workdays],
      },
      {
        sign: 1,
        extension: [2, 5],
        remind: 1,
        escalate: [0, 2],
        autoClose: 10,
        reopen: 15,
        urge: 1,
        expertHelp: 3,
        rectification: [1, 15],
      },
    )
  })

  it('a term without a source, with a surplus field or of no days is refused, all at once', () => {
    const wrong = json()
    delete wrong.sign.source
    wrong.handle.complaint.workdays = 0
    wrong.remind.hours = 3
    delete wrong.handle.reform
    assert.throws(
      () => parseDeadlines(wrong),
      (error: { issues: { path: PropertyKey[] }[] }) => {
        assert.deepEqual(error.issues.map(({ path }) => path.join('.')).sort(), [
          'handle.complaint.workdays',
          'handle.reform',
          'remind',
          'sign.source',
        ])
        return true
      },
    )
  })
})
