/** What makes a page hard to read or to tap for somebody: each fault in a line. */
import axe from 'axe-core'
import type { Phone } from './stage.js'

/** 44 px, less what rounding of rpx takes. */
const TAP_PX = 43.5
const TAPPED = ['button', 'link', 'radio', 'checkbox', 'tab', 'textbox', 'switch', 'option']

/** Serious and critical faults of the page as it stands. */
export async function axeFaults({ page }: Phone): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 200)}`))
}

/** What reaches past the sides of the screen and cannot be scrolled to. */
export const tooWide = ({ page }: Phone): Promise<string[]> =>
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

export const tooSmall = ({ page }: Phone): Promise<string[]> =>
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
