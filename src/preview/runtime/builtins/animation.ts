/** Plays what `wx.createAnimation` exported, as transitions one after the other. */
import { browserUnits } from '../../build/units.js'

type Argument = string | number

export interface Step {
  animates: { type: string; args: Argument[] }[]
  option: {
    transformOrigin: string
    transition: { duration: number; timingFunction: string; delay: number }
  }
}

export interface Animation {
  actions: Step[]
}

const withUnit = (value: Argument, unit: string) =>
  typeof value === 'number' ? `${value}${unit}` : browserUnits(value)

function transformOf(type: string, args: Argument[]): string {
  const unit = type.startsWith('translate') ? 'px' : /^(rotate|skew)/.test(type) ? 'deg' : ''
  const isAxis = type === 'rotate3d'
  return `${type}(${args.map((value, index) => (isAxis && index < 3 ? value : withUnit(value, unit))).join(',')})`
}

function playStep(element: HTMLElement, { animates, option: { transformOrigin, transition } }: Step): void {
  const { duration, timingFunction, delay } = transition
  element.style.transition = `all ${duration}ms ${timingFunction} ${delay}ms`
  element.style.transformOrigin = transformOrigin
  const transforms = animates.filter(({ type }) => type !== 'style').map(({ type, args }) => transformOf(type, args))
  if (transforms.length > 0) element.style.transform = transforms.join(' ')
  for (const { type, args } of animates) {
    if (type === 'style') element.style.setProperty(String(args[0]), browserUnits(String(args[1])))
  }
}

export function playAnimation(element: HTMLElement, { actions }: Animation): void {
  let startsAfter = 0
  for (const step of actions) {
    // The first at once: a step without duration sets where the next one starts from.
    if (startsAfter === 0) playStep(element, step)
    else setTimeout(() => playStep(element, step), startsAfter)
    startsAfter += step.option.transition.duration + step.option.transition.delay
  }
}
