/** One column of a picker: a list that snaps its rows into the middle; a listbox to keys and assistive technology. */
import { make } from '../dom.js'
import { dragToScroll } from './drag.js'
import { type Rest, restOf } from './rest.js'

export const ROW_PX = 44

export interface WheelOptions {
  label: string
  rows: string[]
  index: number
  onChange(index: number): void
}

export class Wheel {
  readonly element: HTMLElement
  #rows: string[] = []
  #onChange: (index: number) => void
  #rest: Rest
  index = 0

  constructor({ label, rows, index, onChange }: WheelOptions) {
    this.element = make('div', { class: 'mp-wheel', role: 'listbox', tabindex: 0, 'aria-label': label })
    this.#onChange = onChange
    this.#rest = restOf(
      this.element,
      () => ROW_PX,
      (row) => this.choose(row, false),
    )
    dragToScroll(this.element, () => this.choose(Math.round(this.element.scrollTop / ROW_PX), true))
    this.element.addEventListener('click', ({ target }) => {
      const index = [...this.element.children].indexOf(target as Element)
      if (index >= 0) this.choose(index, true)
    })
    this.element.addEventListener('keydown', (event) => {
      const steps: Record<string, number> = {
        ArrowDown: 1,
        ArrowUp: -1,
        PageDown: 5,
        PageUp: -5,
        Home: -Infinity,
        End: Infinity,
      }
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      this.choose(Math.min(this.#rows.length - 1, Math.max(0, this.index + step)), true)
    })
    this.show(rows, index)
  }

  /** Other rows, or another one chosen from outside: nobody is told. */
  show(rows: string[], index: number): void {
    if (rows.length !== this.#rows.length || rows.some((row, at) => row !== this.#rows[at])) {
      this.#rows = rows
      this.element.replaceChildren(...rows.map((row) => make('div', { role: 'option' }, row)))
    }
    this.index = Math.min(Math.max(0, index), Math.max(0, rows.length - 1))
    this.#mark()
    requestAnimationFrame(() => this.#rest.to(this.index, 'instant'))
  }

  choose(index: number, isScrolled: boolean): void {
    if (index < 0 || index >= this.#rows.length) return
    const isNew = index !== this.index
    this.index = index
    this.#mark()
    if (isScrolled) this.#rest.to(index, 'smooth')
    if (isNew) this.#onChange(index)
  }

  #mark(): void {
    for (const [at, row] of [...this.element.children].entries()) {
      row.setAttribute('aria-selected', String(at === this.index))
    }
  }
}
