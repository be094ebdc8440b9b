/** Lets a mouse drag what a finger would swipe: a browser scrolls by wheel and touch only. */

/** Of things that scroll in one another, the innermost is dragged; what is drawn or typed on is not. */
const taken = new WeakSet<Event>()
const NOT_DRAGGED = 'canvas, input, textarea, wx-movable-view'

/** `settle` is told where the content was let go. */
export function dragToScroll(scroller: HTMLElement, settle?: () => void): void {
  scroller.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || taken.has(event)) return
    if ((event.target as Element).closest(NOT_DRAGGED)) return
    taken.add(event)
    const { clientX, clientY } = event
    const { scrollLeft, scrollTop } = scroller
    const move = (moved: PointerEvent) => {
      scroller.classList.add('is-dragged')
      scroller.scrollTo({ left: scrollLeft + clientX - moved.clientX, top: scrollTop + clientY - moved.clientY })
    }
    addEventListener('pointermove', move)
    addEventListener(
      'pointerup',
      () => {
        removeEventListener('pointermove', move)
        if (!scroller.classList.contains('is-dragged')) return
        settle?.()
        scroller.classList.remove('is-dragged')
      },
      { once: true },
    )
  })
}
