/** scroll-view. */
import { afterLayout } from '../frames.js'
import { domId } from '../engine/nodes.js'
import { Pull } from '../pages/pull.js'
import { anyType, builtIn } from './builtIn.js'
import { dragToScroll } from './drag.js'

type Length = number | string

export const scrollView = builtIn(
  {
    scrollX: false,
    scrollY: false,
    scrollTop: anyType<Length | undefined>(undefined),
    scrollLeft: anyType<Length | undefined>(undefined),
    scrollIntoView: '',
    scrollWithAnimation: false,
    upperThreshold: anyType<Length>(50),
    lowerThreshold: anyType<Length>(50),
    enableFlex: false,
    enhanced: false,
    enablePassive: anyType<unknown>(false),
    showScrollbar: true,
    pagingEnabled: false,
    fastDeceleration: false,
    scrollAnchoring: false,
    enableBackToTop: false,
    bounces: true,
    type: '',
    reverse: false,
    usingSticky: false,
    refresherEnabled: false,
    refresherThreshold: 45,
    refresherDefaultStyle: 'black',
    refresherBackground: '',
    refresherTriggered: false,
  },
  (box) => {
    const { element } = box
    const px = (length: Length | undefined) => Number.parseFloat(String(length)) || 0
    const state = { left: 0, top: 0, isUpper: true, isLower: false }

    element.addEventListener('scroll', () => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = element
      const moved = { deltaX: state.left - scrollLeft, deltaY: state.top - scrollTop }
      state.left = scrollLeft
      state.top = scrollTop
      box.emit('scroll', { scrollLeft, scrollTop, scrollWidth, scrollHeight, ...moved })
      const { scrollX, upperThreshold, lowerThreshold } = box.values
      const before = scrollX ? scrollLeft : scrollTop
      const after = scrollX ? scrollWidth - clientWidth - scrollLeft : scrollHeight - clientHeight - scrollTop
      const isUpper = before <= px(upperThreshold)
      const isLower = after <= px(lowerThreshold)
      if (isUpper && !state.isUpper) box.emit('scrolltoupper', { direction: scrollX ? 'left' : 'top' })
      if (isLower && !state.isLower) box.emit('scrolltolower', { direction: scrollX ? 'right' : 'bottom' })
      Object.assign(state, { isUpper, isLower })
    })
    for (const [type, name] of [
      ['touchstart', 'dragstart'],
      ['touchend', 'dragend'],
    ] as const) {
      element.addEventListener(type, () => {
        if (box.values.enhanced) box.emit(name, { scrollTop: element.scrollTop, scrollLeft: element.scrollLeft })
      })
    }
    dragToScroll(element)

    const jump = (where: ScrollToOptions) => {
      const behavior = box.values.scrollWithAnimation ? 'smooth' : 'instant'
      afterLayout(() => element.scrollTo({ ...where, behavior }))
    }
    box.watch(['scrollX', 'scrollY', 'showScrollbar', 'enhanced', 'enableFlex', 'pagingEnabled'], () => {
      const { scrollX, scrollY, showScrollbar, enhanced, enableFlex } = box.values
      element.toggleAttribute('scroll-x', scrollX)
      element.toggleAttribute('scroll-y', scrollY)
      element.toggleAttribute('enable-flex', enableFlex)
      element.toggleAttribute('no-scrollbar', enhanced && !showScrollbar)
    })
    box.watch(['scrollTop'], () => {
      if (box.values.scrollTop !== undefined) jump({ top: px(box.values.scrollTop) })
    })
    box.watch(['scrollLeft'], () => {
      if (box.values.scrollLeft !== undefined) jump({ left: px(box.values.scrollLeft) })
    })
    box.watch(['scrollIntoView'], () => {
      const id = box.values.scrollIntoView
      if (id === '') return
      afterLayout(() => {
        const target = element.querySelector(`#${CSS.escape(domId(box.component, id))}, [id$="--${CSS.escape(id)}"]`)
        if (!target) return
        const from = element.getBoundingClientRect()
        const to = target.getBoundingClientRect()
        const where = { left: to.left - from.left + element.scrollLeft, top: to.top - from.top + element.scrollTop }
        jump(box.values.scrollX ? { left: where.left } : { top: where.top })
      })
    })

    let pull: Pull | undefined
    box.watch(['refresherEnabled', 'refresherTriggered'], () => {
      const { refresherEnabled, refresherTriggered } = box.values
      if (refresherEnabled && !pull) {
        pull = new Pull({
          scroller: element,
          isEnabled: () => box.values.refresherEnabled,
          threshold: () => box.values.refresherThreshold,
          onPulling: (distance) => box.emit('refresherpulling', { dy: distance, deltaY: distance }),
          onRefresh: () => {
            box.set({ refresherTriggered: true })
            box.emit('refresherrefresh', {})
          },
          onAbort: () => box.emit('refresherabort', {}),
        })
      }
      if (refresherTriggered && pull && !pull.isRefreshing) pull.start()
      if (!refresherTriggered && pull?.isRefreshing) {
        pull.stop()
        box.emit('refresherrestore', {})
      }
    })
  },
)
