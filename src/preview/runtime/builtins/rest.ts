/** Where a wheel of rows comes to rest, by hand or because a row was chosen. */

export interface Rest {
  /** Brings a row into the middle. */
  to(row: number, behavior: ScrollBehavior): void
}

/**
 * `settle` is told the row that lies in the middle once nothing moves. What moved before a row was chosen may end only
 * afterwards: on the way to that row, it does not count.
 */
export function restOf(scroller: HTMLElement, rowPx: () => number, settle: (row: number) => void): Rest {
  let aim: number | undefined
  for (const byHand of ['pointerdown', 'touchstart', 'wheel', 'keydown']) {
    scroller.addEventListener(byHand, () => (aim = undefined), { passive: true })
  }
  scroller.addEventListener('scrollend', () => {
    if (scroller.classList.contains('is-dragged')) return
    const row = Math.round(scroller.scrollTop / rowPx())
    if (aim !== undefined && row !== aim) return
    aim = undefined
    settle(row)
  })
  return {
    to(row, behavior) {
      aim = row
      scroller.scrollTo({ top: row * rowPx(), behavior })
    },
  }
}
