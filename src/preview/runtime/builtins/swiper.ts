/** swiper and swiper-item: a strip that snaps; going round at the end is only done by itself (autoplay), not by finger. */
import { browserUnits } from '../../build/units.js'
import { afterLayout } from '../frames.js'
import { anyType, builtIn } from './builtIn.js'
import { dragToScroll } from './drag.js'

export const swiper = builtIn(
  {
    current: 0,
    currentItemId: anyType<string | undefined>(undefined),
    autoplay: false,
    interval: 5000,
    duration: 500,
    circular: false,
    vertical: false,
    indicatorDots: false,
    indicatorColor: 'rgba(0, 0, 0, .3)',
    indicatorActiveColor: '#000000',
    previousMargin: '0px',
    nextMargin: '0px',
    displayMultipleItems: 1,
    snapToEdge: false,
    easingFunction: 'default',
    cacheExtent: 0,
    enablePassive: anyType<unknown>(false),
  },
  (box) => {
    const { element } = box
    const track = box.put('div', 'wx-swiper-track')
    const dots = document.createElement('div')
    dots.className = 'wx-swiper-dots'
    dots.setAttribute('aria-hidden', 'true')
    track.after(dots)
    box.contentInto(track)

    const items = () => [...track.querySelectorAll<HTMLElement>(':scope > wx-swiper-item')]
    const offsetOf = (item: HTMLElement) => (box.values.vertical ? item.offsetTop : item.offsetLeft)
    const scrolled = () => (box.values.vertical ? track.scrollTop : track.scrollLeft)
    let shown = 0

    const show = (index: number, behavior: ScrollBehavior) => {
      const item = items()[index]
      if (!item) return
      const distance = offsetOf(item) - Number.parseFloat(getComputedStyle(track).scrollPaddingLeft || '0')
      track.scrollTo({ [box.values.vertical ? 'top' : 'left']: distance, behavior })
    }
    const nearest = () => {
      const distances = items().map((item) => Math.abs(offsetOf(item) - scrolled()))
      return Math.max(0, distances.indexOf(Math.min(...distances)))
    }
    const paint = () => {
      const { indicatorDots, indicatorColor, indicatorActiveColor } = box.values
      dots.replaceChildren()
      if (!indicatorDots) return
      for (const [index] of items().entries()) {
        const dot = document.createElement('i')
        dot.style.background = index === shown ? indicatorActiveColor : indicatorColor
        dots.append(dot)
      }
    }
    const arrive = (index: number, source: string) => {
      if (index === shown) return
      shown = index
      box.set({ current: index })
      paint()
      const currentItemId = items()[index]?.getAttribute('item-id') ?? ''
      box.emit('change', { current: index, currentItemId, source })
      setTimeout(() => box.emit('animationfinish', { current: index, currentItemId, source }), box.values.duration)
    }

    track.addEventListener('scrollend', () => {
      if (!track.classList.contains('is-dragged')) arrive(nearest(), 'touch')
    })
    dragToScroll(track, () => {
      const index = nearest()
      arrive(index, 'touch')
      afterLayout(() => show(index, 'smooth'))
    })
    box.watch(['current'], () => {
      const { current, duration } = box.values
      if (current === shown) return
      const isFirst = !element.isConnected
      shown = current
      paint()
      afterLayout(() => show(current, isFirst || duration === 0 ? 'instant' : 'smooth'))
      if (!isFirst) box.emit('change', { current, currentItemId: '', source: '' })
    })
    box.watch(['vertical', 'previousMargin', 'nextMargin', 'displayMultipleItems'], () => {
      const { vertical, previousMargin, nextMargin, displayMultipleItems } = box.values
      element.toggleAttribute('vertical', vertical)
      const margins = [previousMargin, nextMargin].map((margin) => browserUnits(margin))
      track.style.setProperty(
        '--item',
        `calc((100% - ${margins[0]} - ${margins[1]}) / ${Math.max(1, displayMultipleItems)})`,
      )
      track.style.setProperty('--before', margins[0] ?? '0px')
      track.style.setProperty('--after', margins[1] ?? '0px')
    })
    box.watch(['indicatorDots', 'indicatorColor', 'indicatorActiveColor'], paint)

    let timer: ReturnType<typeof setInterval> | undefined
    const next = () => {
      const count = items().length
      const isLast = shown >= count - 1
      // A hidden page's swiper rests.
      if (count < 2 || element.offsetParent === null || (isLast && !box.values.circular)) return
      const index = isLast ? 0 : shown + 1
      show(index, isLast ? 'instant' : 'smooth')
      arrive(index, 'autoplay')
    }
    box.watch(['autoplay', 'interval'], () => {
      clearInterval(timer)
      if (box.values.autoplay) timer = setInterval(next, Math.max(500, box.values.interval))
    })
    const observer = new MutationObserver(paint)
    observer.observe(track, { childList: true })
    box.onDetach(() => {
      clearInterval(timer)
      observer.disconnect()
    })
    box.onAttach(() =>
      afterLayout(() => {
        paint()
        if (shown > 0) show(shown, 'instant')
      }),
    )
  },
)

export const swiperItem = builtIn({ itemId: '', skipHiddenItemLayout: false }, (box) => {
  box.watch(['itemId'], () => box.element.setAttribute('item-id', box.values.itemId))
})
