/** movable-area and movable-view: something a finger can push about. */
import { anyType, builtIn } from './builtIn.js'

export const movableArea = builtIn({ scaleArea: false })

export const movableView = builtIn(
  {
    direction: 'none',
    x: anyType<number | string>(0),
    y: anyType<number | string>(0),
    inertia: false,
    outOfBounds: false,
    damping: 20,
    friction: 2,
    disabled: false,
    scale: false,
    animation: true,
  },
  (box) => {
    const { element } = box
    const at = { x: 0, y: 0 }
    const place = (x: number, y: number, source: string) => {
      const area = element.closest<HTMLElement>('wx-movable-area')
      const room = {
        x: (area?.clientWidth ?? 0) - element.offsetWidth,
        y: (area?.clientHeight ?? 0) - element.offsetHeight,
      }
      const bounded = (value: number, limit: number) =>
        Math.min(Math.max(value, Math.min(0, limit)), Math.max(0, limit))
      at.x = box.values.outOfBounds ? x : bounded(x, room.x)
      at.y = box.values.outOfBounds ? y : bounded(y, room.y)
      element.style.transform = `translate(${at.x}px, ${at.y}px)`
      box.emit('change', { x: at.x, y: at.y, source })
    }
    box.watch(['x', 'y'], () => {
      const [x, y] = [box.values.x, box.values.y].map((value) => Number.parseFloat(String(value)) || 0)
      requestAnimationFrame(() => place(x ?? 0, y ?? 0, ''))
    })
    element.addEventListener('pointerdown', (event) => {
      const { direction, disabled } = box.values
      if (disabled || direction === 'none') return
      const from = { ...at }
      const move = ({ clientX, clientY }: PointerEvent) =>
        place(
          direction === 'vertical' ? from.x : from.x + clientX - event.clientX,
          direction === 'horizontal' ? from.y : from.y + clientY - event.clientY,
          'touch',
        )
      addEventListener('pointermove', move)
      for (const type of ['pointerup', 'pointercancel'] as const) {
        addEventListener(type, () => removeEventListener('pointermove', move), { once: true })
      }
    })
  },
)
