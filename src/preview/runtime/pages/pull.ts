/** Pulling down to refresh, by finger or by mouse, on a page or in a scroll-view. */
import { make } from '../dom.js'

export interface PullOptions {
  scroller: HTMLElement
  isEnabled(): boolean
  /** Px of pull from which letting go refreshes. */
  threshold(): number
  onPulling?(distance: number): void
  onRefresh(): void
  /** Let go too early. */
  onAbort?(): void
}

/** Where a movement downwards means something else. */
const OWN_MOVEMENT = 'canvas, input, textarea, wx-picker-view, wx-movable-view, wx-scroll-view[scroll-y]'
const RESISTANCE = 0.5
const START_PX = 8

interface Point {
  clientX: number
  clientY: number
}

/** Makes room above the content while pulled and while refreshing. */
export class Pull {
  readonly #room = make('div', { class: 'mp-pull', 'aria-hidden': 'true' }, make('i'), make('i'), make('i'))
  readonly #options: PullOptions
  #from: { x: number; y: number } | undefined
  #distance = 0
  isRefreshing = false

  constructor(options: PullOptions) {
    this.#options = options
    const { scroller } = options
    scroller.prepend(this.#room)
    const touchOf = (event: TouchEvent) => event.touches[0] ?? event.changedTouches[0]
    scroller.addEventListener('touchstart', (event) => this.#begin(touchOf(event), event), { passive: true })
    scroller.addEventListener('touchmove', (event) => this.#move(touchOf(event), event), { passive: false })
    for (const type of ['touchend', 'touchcancel'] as const) scroller.addEventListener(type, () => this.#end())
    scroller.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'mouse' || event.button !== 0) return
      this.#begin(event, event)
      if (!this.#from) return
      const move = (moved: PointerEvent) => this.#move(moved, moved)
      const end = () => {
        removeEventListener('pointermove', move)
        this.#end()
      }
      addEventListener('pointermove', move)
      addEventListener('pointerup', end, { once: true })
    })
  }

  /** As if pulled. */
  start(): void {
    if (this.isRefreshing) return
    this.isRefreshing = true
    this.#options.scroller.scrollTop = 0
    this.#open(this.#options.threshold())
    this.#options.onRefresh()
  }

  stop(): void {
    this.isRefreshing = false
    this.#open(0)
  }

  #open(px: number): void {
    this.#room.style.height = `${px}px`
    this.#room.classList.toggle('is-refreshing', this.isRefreshing)
  }

  #begin(at: Point | undefined, { target }: Event): void {
    const { scroller, isEnabled } = this.#options
    this.#distance = 0
    this.#from = undefined
    if (!at || this.isRefreshing || scroller.scrollTop > 0 || !isEnabled()) return
    const other = (target as Element).closest(OWN_MOVEMENT)
    if (other === null || other === scroller) this.#from = { x: at.clientX, y: at.clientY }
  }

  #move(at: Point | undefined, event: Event): void {
    if (!this.#from || !at) return
    const down = at.clientY - this.#from.y
    const isDownwards = down > START_PX && down > Math.abs(at.clientX - this.#from.x)
    if (!isDownwards && this.#distance === 0) {
      if (down < -START_PX) this.#from = undefined
      return
    }
    if (event.cancelable) event.preventDefault()
    this.#distance = Math.max(0, (down - START_PX) * RESISTANCE)
    this.#open(this.#distance)
    this.#options.onPulling?.(this.#distance)
  }

  #end(): void {
    if (!this.#from) return
    this.#from = undefined
    if (this.#distance >= this.#options.threshold()) this.start()
    else {
      this.#open(0)
      if (this.#distance > 0) this.#options.onAbort?.()
    }
    this.#distance = 0
  }
}
