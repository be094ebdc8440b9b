/** A unit with very many cases: all can be reached, and the phone never holds more than it can bear. */
import { strict as assert } from 'node:assert'
import { dateOf } from '../../src/calendar/dates.js'
import { HelpCase } from '../../src/cases/helpCase.js'
import { nothingYet } from '../../src/cases/open.js'
import { idAt } from '../../src/database/idAt.js'
import { heardData, listenToData, MOST_BYTES } from './payloads.js'
import { openStage, type Phone, ready, type Stage } from './stage.js'

const MANY = 1000
const BATCH = 100
/** Two screens above and two below, of cards of which five fill one; and the blocks at both ends. */
const MOST_DRAWN = 60
const FILTER = { scope: 'unit', category: 'reform', states: ['handling'], from: '2026-11-24' }
const LIST = `pages/case-list/index?title=&filter=${encodeURIComponent(JSON.stringify(FILTER))}`

describe('a list of a thousand cases', function () {
  this.timeout(300_000)
  let s: Stage
  before(async () => {
    s = await openStage()
    await lay(s)
  })
  after(() => s.stop())

  it('is walked to its end: each case once, newest first; only those near the screen are drawn, and little is set at once', async () => {
    const phone = await s.phone('officer')
    await phone.open(LIST)
    await ready(phone)
    await listenToData(phone)
    const { seen, mostDrawn } = await walk(phone)
    assert.deepEqual(
      seen,
      Array.from({ length: MANY }, (_, at) => titleOf(MANY - 1 - at)),
    )
    assert.ok(mostDrawn <= MOST_DRAWN, `${mostDrawn} cards drawn at once`)
    // Who opens one and comes back finds the same place, though the whole list was fetched anew.
    const last = phone.front().getByRole('button', { name: titleOf(0) })
    await last.click()
    await phone.page.locator('.mp-page[data-route="pages/case/index"]:not([hidden])').waitFor()
    await phone.page.evaluate(() => (globalThis as unknown as Bridge).wx.navigateBack())
    await phone.page.locator('.mp-page[data-route="pages/case-list/index"]:not([hidden])').waitFor()
    await phone.page.waitForLoadState('networkidle')
    await last.waitFor()
    assert.ok(await last.evaluate((card) => card.getBoundingClientRect().top < innerHeight))
    const large = (await heardData(phone)).filter(({ bytes }) => bytes > MOST_BYTES)
    assert.deepEqual(large, [])
    assert.deepEqual([phone.errors, phone.refused], [[], []])
  })
})

interface Bridge {
  wx: { navigateBack(): unknown }
}

const titleOf = (n: number) => `长清单第${n}件`

async function lay({ w }: Stage): Promise<void> {
  const { manager } = w.service.house.ds
  const [firm] = (await (await w.as('enterprise')).call('enterprise.mine', {})).items
  assert.ok(firm, 'the demonstration’s firm')
  const begun = w.now().getTime() - MANY * 60_000
  const rows = Array.from({ length: MANY }, (_, n) => {
    const createdAt = new Date(begun + n * 60_000)
    return {
      ...nothingYet,
      id: idAt(createdAt),
      version: 1,
      auditHead: '',
      number: `QZ20250101-${String(n).padStart(5, '0')}`,
      state: 'handling' as const,
      review: 'passed' as const,
      source: 'help' as const,
      category: 'reform',
      title: titleOf(n),
      text: '演示',
      createdBy: null,
      createdAt,
      createdOn: dateOf(createdAt),
      enterpriseId: firm.enterprise.id,
      projectId: null,
      guideId: null,
      visitId: null,
      districtCode: null,
      unitId: 'tiexi',
      officerPostId: null,
      aboutPostId: null,
      aboutUnitId: null,
      round: 1,
      clock: [{ kind: 'start' as const, at: createdAt.toISOString() }],
      allowedWorkdays: 5,
      dueOn: '2026-11-30',
      isProvisional: false,
      signDueOn: '2026-11-24',
    }
  })
  for (let at = 0; at < MANY; at += BATCH) await manager.insert(HelpCase, rows.slice(at, at + BATCH))
}

/** The titles in the order in which they came by, as somebody reads them who scrolls a screen at a time. */
async function walk({ page }: Phone): Promise<{ seen: string[]; mostDrawn: number }> {
  const seen = new Set<string>()
  let mostDrawn = 0
  for (let isOver = false; !isOver; ) {
    const { titles, isEnd } = await page.evaluate(async () => {
      const front = document.querySelector('.mp-page:not([hidden])')
      const scroller = front?.querySelector('.mp-scroll')
      if (!front || !scroller) throw new Error('no page is open')
      scroller.scrollBy({ top: scroller.clientHeight * 0.8, behavior: 'instant' })
      for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done))
      return {
        titles: [...front.querySelectorAll('[class*="case__title"]')].map(({ textContent }) => textContent ?? ''),
        isEnd:
          /都在这里了/.test(front.textContent ?? '') &&
          scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1,
      }
    })
    for (const title of titles) seen.add(title)
    mostDrawn = Math.max(mostDrawn, titles.length)
    isOver = isEnd
  }
  return { seen: [...seen], mostDrawn }
}
