/** wx.showModal, wx.showActionSheet, and the questions that WeChat itself asks. */
import { make } from '../dom.js'
import { openSheet } from './sheet.js'

export interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

export interface ModalAnswer {
  confirm: boolean
  cancel: boolean
  content: string | null
}

export async function askModal(options: ModalOptions): Promise<ModalAnswer> {
  const { title = '', content = '', showCancel = true, editable = false } = options
  const field = make('input', {
    class: 'mp-field',
    placeholder: options.placeholderText,
    'aria-label': title || '内容',
  })
  field.value = editable ? content : ''
  const button = (text: string, colour: string, answer: boolean | undefined) =>
    make('button', { style: `color:${colour}`, onclick: () => sheet.close(answer) }, text)
  const confirm = button(options.confirmText ?? '确定', options.confirmColor ?? '#576b95', true)
  const cancel = button(options.cancelText ?? '取消', options.cancelColor ?? '#000000', undefined)
  const sheet = openSheet<boolean>({
    label: title || content || '提示',
    place: 'middle',
    content: [
      ...(title === '' ? [] : [make('h2', {}, title)]),
      editable ? field : make('p', {}, content),
      make('div', { class: 'mp-buttons' }, ...(showCancel ? [cancel] : []), confirm),
    ],
    focus: editable ? field : confirm,
  })
  field.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Enter' && !isComposing) sheet.close(true)
  })
  const isConfirmed = (await sheet.closed) === true
  return { confirm: isConfirmed, cancel: !isConfirmed, content: editable && isConfirmed ? field.value : null }
}

/** The index chosen; undefined where declined. */
export async function askActions(items: string[], itemColor = '#000000', title = ''): Promise<number | undefined> {
  const choices = items.map((text, index) =>
    make('button', { style: `color:${itemColor}`, onclick: () => sheet.close(index) }, text),
  )
  const sheet = openSheet<number>({
    label: title || '请选择',
    place: 'bottom',
    content: [
      ...(title === '' ? [] : [make('p', { class: 'mp-sheet-title' }, title)]),
      ...choices,
      make('button', { class: 'mp-sheet-last', onclick: () => sheet.close(undefined) }, '取消'),
    ],
  })
  return sheet.closed
}

export interface Consent<T> {
  title: string
  text: string
  /** What is agreed to, such as a phone number. */
  body?: Node[]
  agree: string
  refuse: string
  /** Undefined from it leaves the sheet open. */
  answer(): T | undefined
}

/** A question of WeChat's own, from below. */
export async function askConsent<T>({
  title,
  text,
  body = [],
  agree,
  refuse,
  answer,
}: Consent<T>): Promise<T | undefined> {
  const agreed = () => {
    const value = answer()
    if (value !== undefined) sheet.close(value)
  }
  const sheet = openSheet<T>({
    label: title,
    place: 'bottom',
    closesBeside: false,
    content: [
      make('div', { class: 'mp-consent' }, make('h2', {}, title), make('p', {}, text), ...body),
      make(
        'div',
        { class: 'mp-consent-buttons' },
        make('button', { onclick: () => sheet.close(undefined) }, refuse),
        make('button', { class: 'is-main', onclick: agreed }, agree),
      ),
    ],
  })
  return sheet.closed
}
