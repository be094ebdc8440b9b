/** What forms and labels know of the controls inside them. */
import { glassEasel, instanceOf, isComponent, nodeAt, type Instance } from '../engine/nodes.js'

export interface Control {
  name(): string
  value(): unknown
  reset(): void
  /** What a tap on its label does. */
  activate(): void
  isDisabled(): boolean
}

const controls = new WeakMap<Element, Control>()

export function registerControl(element: HTMLElement, control: Control): void {
  controls.set(element, control)
  element.setAttribute('wx-control', '')
}

export const controlAt = (element: Element): Control | undefined => controls.get(element)

export const controlsIn = (element: Element): Control[] =>
  [...element.querySelectorAll('[wx-control]')].flatMap((one) => controls.get(one) ?? [])

let formField: glassEasel.GeneralBehavior | undefined

/** Custom components with this behavior are fields of the form they stand in. */
export function recogniseFormField(behavior: glassEasel.GeneralBehavior): void {
  formField = behavior
}

/** Names and values of what stands in a form. */
export function formValues(form: Element): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const element of form.querySelectorAll('*')) {
    const control = controls.get(element)
    const node = nodeAt(element)
    if (control) {
      if (control.name() !== '') values[control.name()] = control.value()
    } else if (formField && isComponent(node) && node.hasBehavior(formField)) {
      const { name, value } = (instanceOf(node) as Instance).data
      if (typeof name === 'string' && name !== '') values[name] = value
    }
  }
  return values
}

/** What stands around a control names it, where it has no name of its own. */
export function nameFromAround(speaker: HTMLElement, element: HTMLElement): void {
  if (speaker.hasAttribute('aria-label') || speaker.hasAttribute('aria-labelledby')) return
  const around = element.closest('wx-label') ?? element
  if (around.textContent?.trim()) {
    around.id ||= `named-${(counter += 1)}`
    speaker.setAttribute('aria-labelledby', around.id)
  }
}

let counter = 0
