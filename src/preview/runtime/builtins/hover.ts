/** `hover-class`: how something looks while a finger is on it. */
import { scopedClasses } from '../engine/nodes.js'
import { type Animation, playAnimation } from './animation.js'
import { anyType, type Box, type ValuesOf } from './builtIn.js'

export const hoverDefaults = {
  hoverClass: 'none',
  hoverStartTime: 50,
  hoverStayTime: 400,
  hoverStopPropagation: false,
  animation: anyType<Animation | undefined>(undefined),
}

/** A class of the page's own, or `wx-hover` for the built-in look. */
export function hover(box: Box<ValuesOf<typeof hoverDefaults> & { disabled?: boolean }>, builtInClass?: string): void {
  let timer: ReturnType<typeof setTimeout>
  const paint = (isOn: boolean) => {
    const { hoverClass, disabled } = box.values
    if (hoverClass === 'none' || hoverClass === '' || (isOn && disabled)) return
    const isBuiltIn = hoverClass === builtInClass
    for (const name of isBuiltIn ? ['wx-hover'] : scopedClasses(box.component, hoverClass)) {
      box.element.classList.toggle(name, isOn)
    }
  }
  const later = (isOn: boolean, ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => paint(isOn), ms)
  }
  box.element.addEventListener('pointerdown', () => later(true, box.values.hoverStartTime))
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
    box.element.addEventListener(type, () => later(false, Math.min(box.values.hoverStayTime, 150)))
  }
  box.watch(['animation'], () => {
    if (box.values.animation?.actions) playAnimation(box.element, box.values.animation)
  })
}
