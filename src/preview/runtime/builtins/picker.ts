/** picker: a sheet of wheels from below. */
import { make } from '../dom.js'
import { openSheet } from '../shell/sheet.js'
import { anyType, type Box, builtIn, type ValuesOf } from './builtIn.js'
import { registerControl } from './controls.js'
import { type Column, dateColumns, dateSaid, dateWithin, timeColumns, timeSaid } from './dateColumns.js'
import { Wheel } from './wheel.js'

const defaults = {
  mode: 'selector',
  range: anyType<unknown[] | unknown[][] | undefined>(undefined),
  rangeKey: '',
  value: anyType<unknown>(undefined),
  start: '',
  end: '',
  fields: 'day',
  disabled: false,
  name: '',
  headerText: '',
  level: '',
  customItem: '',
}

type PickerBox = Box<ValuesOf<typeof defaults>>

/** How each mode makes its columns out of the value, and a value out of the columns. */
interface Mode {
  columns(box: PickerBox, value: unknown): Column[]
  said(columns: readonly Column[]): unknown
}

const rowsOf = (rows: unknown, key: string): string[] =>
  (Array.isArray(rows) ? rows : []).map((row) => String(key === '' ? row : (row as Record<string, unknown>)?.[key]))

const selector: Mode = {
  columns: ({ values: { range, rangeKey } }, value) => [
    { label: '选项', rows: rowsOf(range, rangeKey), index: Number(value) || 0 },
  ],
  // WeChat gives the index as text here.
  said: ([column]) => String(column?.index ?? 0),
}

const modes: Record<string, Mode> = {
  selector,
  multiSelector: {
    columns: ({ values: { range, rangeKey } }, value) =>
      (range ?? []).map((rows, at) => ({
        label: `第${at + 1}列`,
        rows: rowsOf(rows, rangeKey),
        index: Number((value as number[] | undefined)?.[at]) || 0,
      })),
    said: (columns) => columns.map(({ index }) => index),
  },
  date: {
    columns: ({ values }, value) => dateColumns(dateWithin(String(value ?? ''), values), values),
    said: dateSaid,
  },
  time: {
    columns: ({ values }, value) => timeColumns(String(value ?? ''), values),
    said: timeSaid,
  },
}

/** The sheet that is open, so that a change of `range` reaches it. */
const open = new WeakMap<PickerBox, () => void>()

function openPicker(box: PickerBox): void {
  const mode = modes[box.values.mode] ?? selector
  let columns = mode.columns(box, box.values.value)
  const wheels: Wheel[] = []
  const body = make('div', { class: 'mp-wheels' })
  const draw = () => {
    for (const [at, column] of columns.entries()) {
      const { label, rows, index } = column
      const known = wheels[at]
      if (known) known.show(rows, index)
      else wheels.push(new Wheel({ label, rows, index, onChange: (chosen) => turned(at, chosen) }))
    }
    body.replaceChildren(...wheels.map(({ element }) => element))
  }
  const turned = (at: number, index: number) => {
    const column = columns[at]
    if (!column) return
    column.index = index
    if (box.values.mode === 'multiSelector') box.emit('columnchange', { column: at, value: index })
    // Another month has other days.
    const isOfDate = box.values.mode === 'date' || box.values.mode === 'time'
    if (isOfDate) columns = mode.columns(box, mode.said(columns))
    if (isOfDate)
      for (const [other, { rows, index: chosen }] of columns.entries())
        if (other > at) wheels[other]?.show(rows, chosen)
  }
  draw()
  const cancel = make('button', { class: 'mp-sheet-cancel', onclick: () => sheet.close(undefined) }, '取消')
  const confirm = make('button', { class: 'mp-sheet-confirm', onclick: () => sheet.close(mode.said(columns)) }, '确定')
  const title = make('span', {}, box.values.headerText)
  const sheet = openSheet<unknown>({
    label: box.values.headerText || '请选择',
    place: 'bottom',
    content: [make('div', { class: 'mp-sheet-head' }, cancel, title, confirm), body],
    focus: wheels[0]?.element,
  })
  open.set(box, () => {
    columns = mode.columns(
      box,
      columns.map(({ index }) => index),
    )
    draw()
  })
  sheet.closed.then(
    (value) => {
      open.delete(box)
      if (value === undefined) box.emit('cancel', {})
      else {
        box.set({ value } as never)
        box.emit('change', { value })
      }
    },
    () => undefined,
  )
}

export const picker = builtIn(defaults, (box) => {
  const { element } = box
  const show = () => {
    if (!box.values.disabled) openPicker(box)
  }
  let initial: unknown
  element.addEventListener('click', show)
  box.watch(['range'], () => {
    if (box.values.mode === 'multiSelector') open.get(box)?.()
  })
  box.watch(['disabled'], () => {
    if (box.values.disabled) element.setAttribute('aria-disabled', 'true')
    else element.removeAttribute('aria-disabled')
  })
  box.onAttach(() => {
    initial = box.values.value
    // What it is opened by says what it is, where that is a control already.
    const isNamedInside = element.querySelector('[role], [tabindex]') !== null
    if (isNamedInside || element.hasAttribute('role')) return
    element.setAttribute('role', 'button')
    element.setAttribute('aria-haspopup', 'dialog')
    element.tabIndex = 0
  })
  registerControl(element, {
    name: () => box.values.name,
    value: () => box.values.value,
    reset: () => box.set({ value: initial }),
    activate: show,
    isDisabled: () => box.values.disabled,
  })
})
