/** picker-view and picker-view-column: wheels in the page, their rows drawn by the template. */
import { browserUnits } from '../../build/units.js'
import { afterLayout } from '../frames.js'
import { scopedClasses } from '../engine/nodes.js'
import { anyType, builtIn } from './builtIn.js'
import { dragToScroll } from './drag.js'
import { restOf } from './rest.js'

const COLUMN_SETTLED = 'preview:column'
const ROW_PX = 34

export const pickerView = builtIn(
  {
    value: anyType<number[] | undefined>(undefined),
    indicatorStyle: '',
    indicatorClass: '',
    maskStyle: '',
    maskClass: '',
    immediateChange: false,
    name: '',
  },
  (box) => {
    const { element } = box
    const indicator = box.put('div', 'wx-picker-indicator')
    indicator.setAttribute('aria-hidden', 'true')
    const columns = () => [...element.querySelectorAll<HTMLElement>('wx-picker-view-column')]
    const chosen = () => columns().map((column) => columnOf.get(column)?.index() ?? 0)
    const place = () => {
      for (const [at, column] of columns().entries()) {
        columnOf.get(column)?.show(box.values.value?.[at] ?? 0)
        if (!column.hasAttribute('aria-label')) column.setAttribute('aria-label', `第${at + 1}列`)
      }
    }
    element.addEventListener(COLUMN_SETTLED, () => {
      const value = chosen()
      if (value.every((index, at) => index === (box.values.value?.[at] ?? 0))) return
      box.set({ value })
      box.emit('change', { value })
    })
    box.watch(['indicatorStyle', 'indicatorClass'], () => {
      indicator.style.cssText = browserUnits(box.values.indicatorStyle)
      indicator.className = ['wx-picker-indicator', ...scopedClasses(box.component, box.values.indicatorClass)].join(
        ' ',
      )
      afterLayout(() => {
        element.style.setProperty('--row', `${indicator.offsetHeight || ROW_PX}px`)
        place()
      })
    })
    box.watch(['value'], () => afterLayout(place))
  },
)

interface PickerColumn {
  index(): number
  show(index: number): void
}

const columnOf = new WeakMap<Element, PickerColumn>()

export const pickerViewColumn = builtIn({}, (box) => {
  const { element } = box
  const rowHeight = () => Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) || ROW_PX
  let index = 0
  const mark = () => {
    for (const [at, row] of [...element.children].entries()) {
      row.setAttribute('role', 'option')
      row.setAttribute('aria-selected', String(at === index))
    }
  }
  const settle = (chosen: number) => {
    index = Math.min(Math.max(0, chosen), Math.max(0, element.children.length - 1))
    mark()
    element.dispatchEvent(new Event(COLUMN_SETTLED, { bubbles: true }))
  }
  const rest = restOf(element, rowHeight, settle)
  const move = (to: number) => {
    settle(to)
    rest.to(index, 'smooth')
  }
  columnOf.set(element, {
    index: () => index,
    show: (chosen) => {
      index = chosen
      mark()
      rest.to(index, 'instant')
    },
  })
  element.setAttribute('role', 'listbox')
  element.tabIndex = 0
  element.addEventListener('click', ({ target }) => {
    const at = [...element.children].findIndex((row) => row.contains(target as Node))
    if (at >= 0) move(at)
  })
  element.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(index + step)
  })
  dragToScroll(element, () => move(Math.round(element.scrollTop / rowHeight())))
  const observer = new MutationObserver(() => {
    if (index >= element.children.length) settle(element.children.length - 1)
    mark()
  })
  observer.observe(element, { childList: true })
  box.onDetach(() => observer.disconnect())
})
