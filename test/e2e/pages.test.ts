import { strict as assert } from 'node:assert'
import axe from 'axe-core'
import { pagesOfApp } from '../miniprogram/source.js'
import { nameOf, type Opened, openedPages } from './openedPages.js'
import { heardData, listenToData, MOST_BYTES } from './payloads.js'
import { openStage, type Phone, ready, type Stage } from './stage.js'

/** 44 px, less what rounding of rpx takes. */
const TAP_PX = 43.5
const TAPPED = ['button', 'link', 'radio', 'checkbox', 'tab', 'textbox', 'switch', 'option']

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

async function axeFaults({ page }: Phone): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 200)}`))
}

/** What reaches past the sides of the screen and cannot be scrolled to. */
const tooWide = ({ page }: Phone): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const isScrolled = (element: Element): boolean => {
      for (let one = element.parentElement; one; one = one.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX) && !one.matches('.mp-page, .mp-body'))
          return true
      }
      return false
    }
    return [...document.querySelectorAll('.mp-page:not([hidden]) *')]
      .filter((element) => {
        const { left, right, width: own, height } = element.getBoundingClientRect()
        return own > 0 && height > 0 && (right > width + 1 || left < -1) && !isScrolled(element)
      })
      .slice(0, 5)
      .map((element) => `too wide: ${element.outerHTML.slice(0, 150)}`)
  })

const tooSmall = ({ page }: Phone): Promise<string[]> =>
  page.evaluate(
    ({ least, roles }) => {
      const isTapped = (element: Element) =>
        roles.includes(element.getAttribute('role') ?? '') || ['BUTTON', 'INPUT', 'TEXTAREA'].includes(element.tagName)
      return [...document.querySelectorAll('.mp-page:not([hidden]) *')]
        .filter(isTapped)
        .map((element) => {
          // The field around an input takes the tap as well.
          const box = element.matches('input, textarea')
            ? (element.closest('.field, .search, .box, .t-input') ?? element)
            : element
          return { element, box: box.getBoundingClientRect() }
        })
        .filter(({ box }) => box.width > 0 && box.height > 0 && (box.width < least || box.height < least))
        .map(
          ({ element, box }) =>
            `too small (${Math.round(box.width)}×${Math.round(box.height)}): ${element.outerHTML.slice(0, 150)}`,
        )
    },
    { least: TAP_PX, roles: TAPPED },
  )
