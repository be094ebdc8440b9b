import { strict as assert } from 'node:assert'
import { pagesOfApp } from '../miniprogram/source.js'
import { nameOf, type Opened, openedPages } from './openedPages.js'
import { heardData, listenToData, MOST_BYTES } from './payloads.js'
import { axeFaults, tooSmall, tooWide } from './readable.js'
import { openStage, type Phone, ready, type Stage } from './stage.js'

describe('every page of the mini-program', function () {
  this.timeout(600_000)
  let s: Stage
  let all: Opened[]
  before(async () => {
    s = await openStage()
    all = await openedPages(s)
  })
  after(() => s.stop())

  /** Opens each in turn, one phone a person, and says what is wrong with any. */
  async function faults(font: number | undefined, look: (phone: Phone, one: Opened) => Promise<string[]>) {
    const found: Record<string, string[]> = {}
    for (const person of new Set(all.map((one) => one.person))) {
      const phone = await s.phone(person, font === undefined ? {} : { font })
      for (const [at, one] of all.filter((other) => other.person === person).entries()) {
        await (at === 0 ? phone.open(one.path) : phone.relaunch(one.path))
        await ready(phone)
        const said = [
          ...(await look(phone, one)),
          ...phone.errors.splice(0).map((error) => `console: ${error}`),
          ...phone.refused.splice(0).map((address) => `asked for ${address}`),
        ]
        if (said.length > 0) found[`${person} ${one.path}`] = said
      }
      await phone.context.close()
    }
    return found
  }

  it('stands in this list', () => {
    const listed = new Set(all.map(({ path }) => path.replace(/\?.*/, '')))
    assert.deepEqual(
      pagesOfApp().filter((page) => !listed.has(page)),
      [],
    )
  })

  it('is readable by everybody: no serious fault by axe, nothing wider than the screen, nothing too small to tap', async () => {
    const found = await faults(undefined, async (phone, one) => {
      await phone.picture(`page-${nameOf(one)}`)
      return [...(await axeFaults(phone)), ...(await tooWide(phone)), ...(await tooSmall(phone))]
    })
    assert.deepEqual(found, {})
  })

  it('holds its content in the largest letters too, and is told no more at once than WeChat carries lightly', async () => {
    const heard = new Set<Phone>()
    const found = await faults(28, async (phone, one) => {
      await phone.picture(`large-${nameOf(one)}`)
      if (!heard.has(phone)) {
        // The first page was there before anybody listened: it is opened once more.
        heard.add(phone)
        await listenToData(phone)
        await phone.relaunch(one.path)
        await ready(phone)
      }
      const payloads = await heardData(phone)
      if (payloads.length === 0) return ['nothing was heard of what it sets']
      const large = payloads.filter(({ bytes }) => bytes > MOST_BYTES)
      return [...(await tooWide(phone)), ...large.map(({ of, bytes, paths }) => `${of} sets ${bytes} bytes: ${paths}`)]
    })
    assert.deepEqual(found, {})
  })
})
