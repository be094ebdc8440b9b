/** input and textarea: the browser's own field inside, driven by WeChat's properties. */
import { browserUnits } from '../../build/units.js'
import { scopedClasses } from '../engine/nodes.js'
import { afterLayout } from '../frames.js'
import { anyType, type Box, builtIn, type ValuesOf } from './builtIn.js'
import { nameFromAround, registerControl } from './controls.js'

const defaults = {
  value: anyType<unknown>(''),
  name: '',
  type: 'text',
  password: false,
  placeholder: '',
  placeholderStyle: '',
  placeholderClass: 'input-placeholder',
  disabled: false,
  readonly: false,
  maxlength: 140,
  focus: false,
  autoFocus: false,
  confirmType: 'done',
  confirmHold: false,
  autoHeight: false,
  cursor: -1,
  selectionStart: -1,
  selectionEnd: -1,
  cursorSpacing: 0,
  fixed: false,
  adjustPosition: true,
  holdKeyboard: false,
  showConfirmBar: true,
  disableDefaultPadding: false,
  alwaysEmbed: false,
}

const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel' }
const KEYS: Record<string, string> = { send: 'send', search: 'search', next: 'next', go: 'go', done: 'done' }

type FieldBox = Box<ValuesOf<typeof defaults>>

function start(box: FieldBox, native: HTMLInputElement | HTMLTextAreaElement): void {
  native.classList.add('wx-native')
  native.autocomplete = 'off'
  box.speaker = native
  let initial: unknown = ''
  const text = () => (box.values.value === undefined || box.values.value === null ? '' : String(box.values.value))

  /** A handler may answer with what the field shall hold instead. */
  const typed = () => {
    box.set({ value: native.value })
    const cursor = native.selectionStart ?? native.value.length
    box.emit(
      'input',
      { value: native.value, cursor, keyCode: 0 },
      {
        handleListenerReturn: (answer) => {
          if (typeof answer === 'string') box.set({ value: answer })
        },
      },
    )
  }
  let isComposing = false
  native.addEventListener('compositionstart', () => {
    isComposing = true
  })
  native.addEventListener('compositionend', () => {
    isComposing = false
    typed()
  })
  native.addEventListener('input', () => {
    if (!isComposing) typed()
  })
  native.addEventListener('focus', () => {
    box.emit('focus', { value: native.value, height: 0 })
  })
  native.addEventListener('blur', () => {
    box.emit('blur', { value: native.value, cursor: native.selectionStart ?? native.value.length })
    if (box.values.focus) box.set({ focus: false })
  })
  native.addEventListener('keydown', (event) => {
    const { key, isComposing: isChoosing } = event as KeyboardEvent
    if (key === 'Enter' && !isChoosing && native instanceof HTMLInputElement)
      box.emit('confirm', { value: native.value })
  })

  box.watch(['value'], () => {
    if (native.value !== text()) native.value = text()
    grow(box, native)
  })
  box.watch(['disabled', 'readonly', 'maxlength', 'name', 'confirmType'], () => {
    const { disabled, readonly, maxlength, name, confirmType } = box.values
    native.disabled = disabled
    native.readOnly = readonly
    native.name = name
    native.enterKeyHint = KEYS[confirmType] ?? ''
    if (maxlength >= 0) native.maxLength = maxlength
    else native.removeAttribute('maxlength')
  })
  box.watch(['focus', 'autoFocus'], () => {
    const { focus, autoFocus } = box.values
    if (focus || autoFocus) afterLayout(() => native.focus())
    else if (document.activeElement === native) native.blur()
  })
  box.watch(['cursor', 'selectionStart', 'selectionEnd'], () => {
    const { cursor, selectionStart, selectionEnd } = box.values
    const from = selectionStart >= 0 ? selectionStart : cursor
    if (from >= 0) native.setSelectionRange(from, selectionEnd >= 0 ? selectionEnd : from)
  })
  placeholder(box, native)
  box.onAttach(() => {
    initial = box.values.value
    grow(box, native)
    afterLayout(() => {
      // In a slot it is laid out only now.
      grow(box, native)
      if (native.placeholder === '') nameFromAround(native, box.element)
    })
  })
  registerControl(box.element, {
    name: () => box.values.name,
    value: () => native.value,
    reset: () => box.set({ value: initial }),
    activate: () => native.focus(),
    isDisabled: () => box.values.disabled,
  })
}

/** Drawn by ourselves, as its class is scoped; the browser's own is transparent and names the field. */
function placeholder(box: FieldBox, native: HTMLInputElement | HTMLTextAreaElement): void {
  const shown = box.put('div', 'wx-placeholder')
  shown.setAttribute('aria-hidden', 'true')
  const toggle = () => {
    shown.hidden = native.value !== ''
  }
  native.addEventListener('input', toggle)
  box.watch(['placeholder', 'placeholderClass', 'placeholderStyle', 'value'], () => {
    const { placeholder: words, placeholderClass, placeholderStyle } = box.values
    native.placeholder = words ?? ''
    shown.dataset['text'] = words ?? ''
    shown.className = ['wx-placeholder', ...scopedClasses(box.component, placeholderClass)].join(' ')
    shown.style.cssText = browserUnits(placeholderStyle)
    toggle()
  })
}

/** What a box that counts its edges into its height has around its content, in px. */
function around(element: HTMLElement): number {
  const { boxSizing, paddingTop, paddingBottom, borderTopWidth, borderBottomWidth } = getComputedStyle(element)
  if (boxSizing !== 'border-box') return 0
  return [paddingTop, paddingBottom, borderTopWidth, borderBottomWidth].reduce((sum, one) => sum + parseFloat(one), 0)
}

function grow(box: FieldBox, native: HTMLElement): void {
  if (!box.values.autoHeight || !box.element.isConnected) return
  const before = native.style.height
  native.style.height = 'auto'
  const height = `${native.scrollHeight}px`
  native.style.height = height
  box.element.style.height = `${native.scrollHeight + around(box.element)}px`
  if (height !== before) {
    const lineHeight = Number.parseFloat(getComputedStyle(native).lineHeight) || native.scrollHeight
    const lineCount = Math.max(1, Math.round(native.scrollHeight / lineHeight))
    box.emit('linechange', { height: native.scrollHeight, lineHeight, lineCount })
  }
}

export const input = builtIn(defaults, (box) => {
  const native = box.put('input')
  start(box, native)
  box.watch(['type', 'password'], () => {
    const { type, password } = box.values
    native.type = password || type === 'safe-password' ? 'password' : 'text'
    native.inputMode = KEYBOARDS[type] ?? 'text'
  })
})

export const textarea = builtIn({ ...defaults, placeholderClass: 'textarea-placeholder' }, (box) => {
  const native = box.put('textarea')
  start(box, native)
  // What it begins with has its height only once it has a width: it may come into a page that is not shown yet.
  let width = 0
  new ResizeObserver(() => {
    if (native.clientWidth === width) return
    width = native.clientWidth
    grow(box, native)
  }).observe(native)
})
