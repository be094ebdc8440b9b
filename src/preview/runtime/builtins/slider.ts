/** slider. */
import { anyType, builtIn } from './builtIn.js'
import { registerControl } from './controls.js'

export const slider = builtIn(
  {
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    disabled: false,
    name: '',
    showValue: false,
    activeColor: '',
    backgroundColor: '',
    blockColor: '',
    blockSize: anyType<number | string>(28),
    color: '',
    selectedColor: '',
  },
  (box) => {
    const native = box.put('input', 'wx-range')
    const shown = document.createElement('span')
    native.after(shown)
    native.type = 'range'
    box.speaker = native
    let initial = 0
    const moved = (type: 'changing' | 'change') => {
      const value = Number(native.value)
      box.set({ value })
      box.emit(type, { value })
    }
    native.addEventListener('input', () => moved('changing'))
    native.addEventListener('change', () => moved('change'))
    box.watch(
      [
        'min',
        'max',
        'step',
        'value',
        'disabled',
        'showValue',
        'activeColor',
        'selectedColor',
        'backgroundColor',
        'color',
      ],
      () => {
        const { min, max, step, value, disabled, showValue, activeColor, selectedColor, backgroundColor, color } =
          box.values
        Object.assign(native, { min, max, step, value, disabled })
        const share = max > min ? ((value - min) / (max - min)) * 100 : 0
        native.style.setProperty('--share', `${Math.min(100, Math.max(0, share))}%`)
        native.style.setProperty('--active', activeColor || selectedColor || '#1aad19')
        native.style.setProperty('--track', backgroundColor || color || '#e9e9e9')
        shown.hidden = !showValue
        shown.textContent = String(value)
      },
    )
    box.onAttach(() => {
      initial = box.values.value
    })
    registerControl(box.element, {
      name: () => box.values.name,
      value: () => box.values.value,
      reset: () => box.set({ value: initial }),
      activate: () => native.focus(),
      isDisabled: () => box.values.disabled,
    })
  },
)
