/** A sheet or dialog that wants an answer: everything else is inert, Escape declines, focus returns where it was. */
import { make } from '../dom.js'
import { setCovered, shell } from './shell.js'

export interface SheetOptions {
  label: string
  /** In the middle, from below, or over everything. */
  place: 'middle' | 'bottom' | 'full'
  content: (Node | string)[]
  /** Has the focus at first; the first button without it. */
  focus?: HTMLElement
  /** A tap beside it declines. */
  closesBeside?: boolean
  role?: 'dialog' | 'alertdialog'
}

export interface Sheet<T> {
  /** Undefined: declined. */
  close(answer: T | undefined): void
  closed: Promise<T | undefined>
  element: HTMLElement
}

const open: Sheet<never>[] = []

export function openSheet<T>(options: SheetOptions): Sheet<T> {
  const { label, place, content, focus, closesBeside = place !== 'middle', role = 'dialog' } = options
  const before = document.activeElement
  const box = make(
    'div',
    { class: 'mp-sheet', role, 'aria-modal': 'true', 'aria-label': label, tabindex: -1 },
    ...content,
  )
  const cover = make('div', { class: `mp-cover is-${place}` }, box)
  let settle: (answer: T | undefined) => void
  const closed = new Promise<T | undefined>((resolve) => {
    settle = resolve
  })
  const sheet: Sheet<T> = {
    closed,
    element: box,
    close(answer) {
      if (!cover.isConnected) return
      cover.remove()
      open.splice(open.indexOf(sheet as Sheet<never>), 1)
      lock()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      settle(answer)
    },
  }
  cover.addEventListener('click', ({ target }) => {
    if (target === cover && closesBeside) sheet.close(undefined)
  })
  cover.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    sheet.close(undefined)
  })
  shell().layer.append(cover)
  open.push(sheet as Sheet<never>)
  lock()
  ;(focus ?? box.querySelector<HTMLElement>('input, button') ?? box).focus({ preventScroll: true })
  return sheet
}

/** When the page under it goes away. */
export function closeSheets(): void {
  for (const sheet of open.slice()) sheet.close(undefined)
}

/** Of several, only the last can be used. */
function lock(): void {
  setCovered(open.length > 0)
  for (const [at, { element }] of open.entries()) {
    const cover = element.parentElement
    if (cover) cover.inert = at < open.length - 1
  }
}
