/** form and label. */
import { domId, elementOf, ownerOf } from '../engine/nodes.js'
import { builtIn } from './builtIn.js'
import { controlAt, controlsIn, formValues } from './controls.js'
import { randomName } from '../random.js'

const SUBMIT = 'preview:submit'
const RESET = 'preview:reset'

/** For a button inside a form. */
export function askForm(from: HTMLElement, formType: string): void {
  const type = { submit: SUBMIT, reset: RESET }[formType]
  if (type) from.closest('wx-form')?.dispatchEvent(new Event(type))
}

export const form = builtIn({ reportSubmit: false, reportSubmitTimeout: 0 }, (box) => {
  box.element.addEventListener(SUBMIT, () => {
    box.emit('submit', { value: formValues(box.element), formId: randomName() })
  })
  box.element.addEventListener(RESET, () => {
    for (const control of controlsIn(box.element)) control.reset()
    box.emit('reset', {})
  })
})

const LABELLED = 'wx-checkbox, wx-radio, wx-switch, wx-button, wx-input, wx-textarea'

export const label = builtIn({ for: '' }, (box) => {
  const target = () => {
    const { for: id } = box.values
    if (id === '') return box.element.querySelector<HTMLElement>(LABELLED) ?? undefined
    const node = ownerOf(box.component)?.getShadowRoot()?.getElementById(id)
    return (node && elementOf(node)) ?? document.getElementById(domId(box.component, id)) ?? undefined
  }
  box.element.addEventListener('click', (event) => {
    const element = target()
    if (!element || element.contains(event.target as Node)) return
    const control = controlAt(element)
    if (control && !control.isDisabled()) control.activate()
  })
  // A field that is named by `for` is not inside: it is told once both are there.
  box.onAttach(() =>
    queueMicrotask(() => {
      const element = box.values.for === '' ? undefined : target()
      const speaker = element?.querySelector('input, textarea') ?? element
      if (!speaker || speaker.hasAttribute('aria-label')) return
      box.element.id ||= `label-${randomName(6)}`
      speaker.setAttribute('aria-labelledby', box.element.id)
    }),
  )
})
