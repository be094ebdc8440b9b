/** checkbox and radio with their groups, and switch. */
import { afterLayout } from '../frames.js'
import { type Box, builtIn } from './builtIn.js'
import { randomName } from '../random.js'
import { nameFromAround, registerControl } from './controls.js'

const GROUP_CHANGED = 'preview:choice'

interface ChoiceValues {
  value: string
  checked: boolean
  disabled: boolean
  color: string
}

/** By element: what a group has to know of its members. */
const members = new WeakMap<Element, Box<ChoiceValues>>()

const membersOf = (group: Element) =>
  [...group.querySelectorAll('wx-checkbox, wx-radio')].flatMap((element) => members.get(element) ?? [])

function choice(kind: 'checkbox' | 'radio') {
  return builtIn({ value: '', checked: false, disabled: false, color: '' }, (box) => {
    const native = nativeChoice(box, kind)
    members.set(box.element, box)
    let initial = false
    const group = () => box.element.closest(`wx-${kind}-group`)
    const choose = (isChecked: boolean) => {
      box.set({ checked: isChecked })
      const around = group()
      if (kind === 'radio' && around) {
        for (const other of membersOf(around)) if (other !== (box as unknown)) other.set({ checked: false })
      }
      around?.dispatchEvent(new Event(GROUP_CHANGED))
    }
    native.addEventListener('change', () => choose(native.checked))
    box.element.addEventListener('click', ({ target }) => {
      if (target !== native && !box.values.disabled) choose(kind === 'radio' || !box.values.checked)
    })
    box.watch(['checked', 'disabled', 'color'], () => {
      native.checked = box.values.checked
      native.disabled = box.values.disabled
      native.style.setProperty('--wx-choice', box.values.color || null)
    })
    box.onAttach(() => {
      initial = box.values.checked
      native.name = groupName(group())
      afterLayout(() => nameFromAround(native, box.element))
    })
    registerControl(box.element, {
      name: () => '',
      value: () => box.values.checked,
      reset: () => box.set({ checked: initial }),
      activate: () => choose(kind === 'radio' || !box.values.checked),
      isDisabled: () => box.values.disabled,
    })
  })
}

const groupNames = new WeakMap<Element, string>()

/** One name for a group, so that the browser's arrow keys walk through its radios. */
function groupName(group: Element | null): string {
  if (!group) return ''
  const name = groupNames.get(group) ?? randomName(8)
  groupNames.set(group, name)
  return name
}

function nativeChoice(box: { put: Box<unknown>['put']; speaker: HTMLElement }, kind: 'checkbox' | 'radio') {
  const native = box.put('input', 'wx-choice')
  native.type = kind
  box.speaker = native
  return native
}

function choiceGroup(kind: 'checkbox' | 'radio') {
  return builtIn({ name: '' }, (box) => {
    const chosen = () => membersOf(box.element).filter(({ values }) => values.checked)
    const value = () => {
      const all = chosen().map(({ values }) => values.value)
      return kind === 'radio' ? (all[0] ?? '') : all
    }
    box.element.setAttribute('role', kind === 'radio' ? 'radiogroup' : 'group')
    box.element.addEventListener(GROUP_CHANGED, () => box.emit('change', { value: value() }))
    registerControl(box.element, {
      name: () => box.values.name,
      value,
      reset: () => undefined,
      activate: () => undefined,
      isDisabled: () => false,
    })
  })
}

export const checkbox = choice('checkbox')
export const radio = choice('radio')
export const checkboxGroup = choiceGroup('checkbox')
export const radioGroup = choiceGroup('radio')

export const switch_ = builtIn({ checked: false, disabled: false, type: 'switch', name: '', color: '' }, (box) => {
  const native = nativeChoice(box, 'checkbox')
  let initial = false
  const turn = (isOn: boolean) => {
    box.set({ checked: isOn })
    box.emit('change', { value: isOn })
  }
  native.addEventListener('change', () => turn(native.checked))
  box.watch(['checked', 'disabled', 'type', 'color'], () => {
    const { checked, disabled, type, color } = box.values
    native.checked = checked
    native.disabled = disabled
    native.classList.toggle('wx-switch', type !== 'checkbox')
    if (type !== 'checkbox') native.setAttribute('role', 'switch')
    native.style.setProperty('--wx-choice', color || null)
  })
  box.onAttach(() => {
    initial = box.values.checked
    afterLayout(() => nameFromAround(native, box.element))
  })
  registerControl(box.element, {
    name: () => box.values.name,
    value: () => box.values.checked,
    reset: () => box.set({ checked: initial }),
    activate: () => turn(!box.values.checked),
    isDisabled: () => box.values.disabled,
  })
})
