/** Two worlds, the same to the second but for who informed: whoever is no reward handler cannot tell them apart. */
import assert from 'node:assert/strict'
import { people, play, type Seen } from './swapped.js'

describe('who informed, by comparing two worlds', function () {
  this.timeout(240_000)
  let one: Seen
  let other: Seen

  before(async () => {
    one = await play('甲')
    other = await play('乙')
  })

  const differing = (a: readonly string[], b: readonly string[]) => {
    const left = [...b]
    const only = a.filter((line) => {
      const at = left.indexOf(line)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
    return { only, left }
  }

  it('no answer of any query, to any role, no export and no refusal differs', () => {
    assert.ok(Object.keys(one.answers).length > 1000, 'many questions were asked')
    assert.deepEqual(Object.keys(one.answers).toSorted(), Object.keys(other.answers).toSorted())
    for (const [what, answer] of Object.entries(one.answers)) assert.deepEqual(answer, other.answers[what], what)
  })

  it('no row of any table differs, by whatever ties it to others', () => {
    assert.deepEqual(differing(one.rows, other.rows), { only: [], left: [] })
  })

  it('no line of the log and no figure differs, and none of it names anybody', () => {
    assert.deepEqual(differing(one.log, other.log), { only: [], left: [] })
    assert.deepEqual(differing(one.counted, other.counted), { only: [], left: [] })
    for (const line of one.counted)
      assert.doesNotMatch(line, /tip\.(submit|add|track|mine|settings)|reward\.(claim|decline|checkPayment)/)
    // Whoever answers the two's cases reads their names there, and nothing of tips beside them.
    const besideTips = Object.values(one.answers)
      .map((answer) => JSON.stringify(answer))
      .filter((text) => /<(tip|number|reward) \d>/.test(text))
    assert.ok(besideTips.length > 50)
    for (const text of [...one.rows, ...one.log, ...besideTips])
      for (const { name, phone, idNumber } of Object.values(people))
        for (const mark of [name, phone, idNumber]) assert.ok(!text.includes(mark), `${mark} in ${text.slice(0, 300)}`)
  })
})
