/** Turns what a browser says of fingers and mice into WeChat's touch events, taps and long presses. */
import { currentArea } from '../pages/area.js'
import { withLongPress } from './backend.js'
import { glassEasel, nodeAround } from './nodes.js'

export interface Touch {
  identifier: number
  clientX: number
  clientY: number
  pageX: number
  pageY: number
  force: number
  /** Within a canvas. */
  x?: number
  y?: number
}

const LONG_PRESS_MS = 350
const STILL_PX = 10

type Pointed = Pick<globalThis.Touch, 'clientX' | 'clientY'> & { identifier?: number; force?: number }

function touchOf({ identifier = 0, clientX, clientY, force = 1 }: Pointed, canvas: DOMRect | undefined): Touch {
  const area = currentArea()
  const x = clientX - area.left
  const y = clientY - area.top
  const touch = { identifier, clientX: x, clientY: y, pageX: x, pageY: y + area.scrollTop, force }
  return canvas ? { ...touch, x: clientX - canvas.left, y: clientY - canvas.top } : touch
}

interface Told {
  type: string
  on: Element
  event: Event
  touches?: Iterable<Pointed>
  changed?: Iterable<Pointed>
  detail?: object
}

/** Whether a handler asked that the browser does nothing more. */
function tell({ type, on, event, touches = [], changed = [], detail = {} }: Told): boolean {
  const node = nodeAround(on)
  if (!node) return false
  const canvas = on instanceof HTMLCanvasElement ? on.getBoundingClientRect() : undefined
  const extraFields = {
    touches: Array.from(touches, (touch) => touchOf(touch, canvas)),
    changedTouches: Array.from(changed, (touch) => touchOf(touch, canvas)),
  }
  const options = { originalEvent: event, bubbles: true, composed: true, capturePhase: true, extraFields }
  const told = new glassEasel.Event(type, detail, options)
  glassEasel.Event.dispatchEvent(node, told)
  return told.defaultPrevented()
}

const hasLongPress = (on: Element | null): boolean =>
  on !== null && (withLongPress.has(on) || hasLongPress(on.parentElement))

/** One press from its beginning to its end. */
class Press {
  isStill = true
  isLong = false
  readonly #timer: ReturnType<typeof setTimeout>

  constructor(
    readonly on: Element,
    readonly at: Pointed,
    event: Event,
  ) {
    this.#timer = setTimeout(() => {
      if (!this.isStill || !hasLongPress(on)) return
      this.isLong = true
      const { clientX: x, clientY: y } = touchOf(at, undefined)
      for (const type of ['longpress', 'longtap'])
        tell({ type, on, event, touches: [at], changed: [at], detail: { x, y } })
    }, LONG_PRESS_MS)
  }

  moved({ clientX, clientY }: Pointed): void {
    if (Math.hypot(clientX - this.at.clientX, clientY - this.at.clientY) > STILL_PX) this.isStill = false
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

export function listenToPointers(): void {
  let press: Press | undefined
  /** Of a drag or a long press: the click that the browser makes of it is no tap. */
  let isSpent = false
  let mouseOn: Element | undefined
  const on = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void) =>
    document.addEventListener(type, listener, { capture: true, passive: false })

  const begin = (target: Element, at: Pointed, event: Event) => {
    press?.end()
    press = new Press(target, at, event)
    isSpent = false
  }
  const end = () => {
    isSpent = press !== undefined && (!press.isStill || press.isLong)
    press?.end()
    press = undefined
  }

  on('touchstart', (event) => {
    const { touches, changedTouches: changed } = event
    const target = event.target as Element
    if (changed[0]) begin(target, changed[0], event)
    tell({ type: 'touchstart', on: target, event, touches, changed })
  })
  on('touchmove', (event) => {
    const { touches, changedTouches: changed } = event
    if (changed[0]) press?.moved(changed[0])
    const isKept = tell({ type: 'touchmove', on: event.target as Element, event, touches, changed })
    if (isKept && event.cancelable) event.preventDefault()
  })
  for (const type of ['touchend', 'touchcancel'] as const) {
    on(type, (event) => {
      const { touches, changedTouches: changed } = event
      tell({ type, on: event.target as Element, event, touches, changed })
      if (touches.length === 0) end()
    })
  }

  // A mouse is a finger too: on a desktop, and in tests.
  on('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    mouseOn = event.target as Element
    begin(mouseOn, event, event)
    tell({ type: 'touchstart', on: mouseOn, event, touches: [event], changed: [event] })
  })
  on('pointermove', (event) => {
    if (!mouseOn) return
    press?.moved(event)
    tell({ type: 'touchmove', on: mouseOn, event, touches: [event], changed: [event] })
  })
  for (const type of ['pointerup', 'pointercancel'] as const) {
    on(type, (event) => {
      if (!mouseOn) return
      tell({ type: type === 'pointerup' ? 'touchend' : 'touchcancel', on: mouseOn, event, changed: [event] })
      mouseOn = undefined
      end()
    })
  }
  on('dragstart', (event) => event.preventDefault())

  on('click', (event) => {
    const target = event.target as Element
    const isByPointer = event.detail > 0
    const wasSpent = isSpent && isByPointer
    isSpent = false
    if (wasSpent) {
      // Built-ins listen for clicks as well.
      event.stopPropagation()
      event.preventDefault()
      return
    }
    if (target.closest('[wx-disabled]')) return
    const { left, top, width, height } = target.getBoundingClientRect()
    const at = isByPointer ? event : { clientX: left + width / 2, clientY: top + height / 2 }
    const { clientX: x, clientY: y } = touchOf(at, undefined)
    tell({ type: 'tap', on: target, event, touches: [at], changed: [at], detail: { x, y } })
  })

  for (const type of ['transitionend', 'animationstart', 'animationend', 'animationiteration'] as const) {
    on(type, (event) => {
      const { elapsedTime } = event
      tell({ type, on: event.target as Element, event, detail: { elapsedTime } })
    })
  }
  listenToKeys()
}

const BY_SPACE = new Set(['button', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem'])

/** Enter, and Space where a browser's own control would take it. */
function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement
    const role = target.getAttribute('role') ?? ''
    const isPressed = event.key === 'Enter' || (event.key === ' ' && BY_SPACE.has(role))
    if (!isPressed || role === '' || !nodeAround(target) || target.matches('input, textarea, [aria-disabled=true]'))
      return
    event.preventDefault()
    target.click()
  })
}
