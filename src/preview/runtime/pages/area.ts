/** Where the page that is seen begins: WeChat counts from the page's corner, a browser from the window's. */

export interface Area {
  left: number
  top: number
  width: number
  height: number
  scrollTop: number
}

const NOWHERE: Area = { left: 0, top: 0, width: 0, height: 0, scrollTop: 0 }

/** The element that holds the page that is seen, without its navigation bar. */
export const currentBody = (): HTMLElement | null => document.querySelector('.mp-page:not([hidden]) > .mp-body')

export function currentArea(): Area {
  const body = currentBody()
  if (!body) return NOWHERE
  const { left, top, width, height } = body.getBoundingClientRect()
  return { left, top, width, height, scrollTop: body.querySelector(':scope > .mp-scroll')?.scrollTop ?? 0 }
}

/** Measures an element in the page's own coordinates. */
export function measure(element: Element) {
  const area = currentArea()
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect()
  return {
    left: left - area.left,
    right: right - area.left,
    top: top - area.top,
    bottom: bottom - area.top,
    width,
    height,
  }
}
