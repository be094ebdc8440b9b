/** button: submits forms, and opens what WeChat keeps to itself (`open-type`). */
import { openTypes } from '../wx/openTypes.js'
import { reportError } from '../report.js'
import { anyType, type Box, builtIn, type ValuesOf } from './builtIn.js'
import { registerControl } from './controls.js'
import { askForm } from './form.js'
import { hover, hoverDefaults } from './hover.js'

const BUILT_IN_HOVER = 'button-hover'

const defaults = {
  ...hoverDefaults,
  hoverClass: BUILT_IN_HOVER,
  type: 'default',
  size: 'default',
  plain: false,
  disabled: false,
  loading: false,
  formType: '',
  openType: '',
  lang: 'en',
  appParameter: '',
  showMessageCard: false,
  sendMessageTitle: '',
  sendMessagePath: '',
  sendMessageImg: '',
  sessionFrom: '',
  phoneNumberNoQuotaToast: true,
  scope: '',
  name: anyType<string | undefined>(undefined),
}

async function open(box: Box<ValuesOf<typeof defaults>>): Promise<void> {
  for (const name of box.values.openType.split('|')) {
    const openType = openTypes[name]
    if (openType) box.emit(openType.event, await openType.run(box.component))
  }
}

export const button = builtIn(defaults, (box) => {
  const { element } = box
  element.setAttribute('role', 'button')
  hover(box, BUILT_IN_HOVER)
  const pressed = () => {
    if (box.values.formType) askForm(element, box.values.formType)
    if (box.values.openType) open(box).catch(reportError)
  }
  element.addEventListener('click', () => {
    if (!box.values.disabled) pressed()
  })
  box.watch(['disabled', 'size', 'type', 'plain', 'loading'], () => {
    const { disabled, size, type, plain, loading } = box.values
    element.toggleAttribute('wx-disabled', disabled)
    element.toggleAttribute('plain', plain)
    element.toggleAttribute('loading', loading)
    element.setAttribute('size', size)
    element.setAttribute('type', type)
    if (disabled) element.setAttribute('aria-disabled', 'true')
    else element.removeAttribute('aria-disabled')
    element.tabIndex = disabled ? -1 : 0
  })
  registerControl(element, {
    name: () => '',
    value: () => undefined,
    reset: () => undefined,
    activate: pressed,
    isDisabled: () => box.values.disabled,
  })
})
