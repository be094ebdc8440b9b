/** wx.createAnimation: writes down steps that `animation="{{…}}"` plays. */
import type { Animation, Step } from '../builtins/animation.js'

interface Options {
  duration?: number
  timingFunction?: string
  delay?: number
  transformOrigin?: string
}

const USUAL = { duration: 400, timingFunction: 'linear', delay: 0, transformOrigin: '50% 50% 0' }

const TRANSFORMS =
  `translate translateX translateY translateZ translate3d scale scaleX scaleY scaleZ scale3d rotate rotateX
  rotateY rotateZ rotate3d skew skewX skewY matrix matrix3d`.split(/\s+/)
const STYLES: Record<string, { property: string; unit: string }> = {
  opacity: { property: 'opacity', unit: '' },
  backgroundColor: { property: 'background-color', unit: '' },
  ...Object.fromEntries(
    ['width', 'height', 'left', 'right', 'top', 'bottom'].map((name) => [name, { property: name, unit: 'px' }]),
  ),
}

export function createAnimation(options: Options = {}) {
  let animates: Step['animates'] = []
  let actions: Step[] = []
  const animation: Record<string, unknown> = {
    step(changed: Options = {}) {
      const { duration, timingFunction, delay, transformOrigin } = { ...USUAL, ...options, ...changed }
      actions.push({ animates, option: { transformOrigin, transition: { duration, timingFunction, delay } } })
      animates = []
      return animation
    },
    export(): Animation {
      const done = { actions }
      actions = []
      return done
    },
  }
  for (const type of TRANSFORMS) {
    animation[type] = (...args: (number | string)[]) => {
      animates.push({ type, args })
      return animation
    }
  }
  for (const [name, { property, unit }] of Object.entries(STYLES)) {
    animation[name] = (value: number | string) => {
      animates.push({ type: 'style', args: [property, typeof value === 'number' ? `${value}${unit}` : value] })
      return animation
    }
  }
  return animation
}
