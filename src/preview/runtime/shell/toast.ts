/** wx.showToast and wx.showLoading: one message at a time, read out, gone by itself. */
import { make } from '../dom.js'
import { shell } from './shell.js'

export interface ToastOptions {
  title?: string
  icon?: 'success' | 'error' | 'fail' | 'loading' | 'none' | 'exception'
  image?: string
  duration?: number
  mask?: boolean
}

const SIGNS: Record<string, string> = { success: '✓', error: '✕', fail: '✕', exception: '!' }
const USUAL_MS = 1500

let status: HTMLElement | undefined
let cover: HTMLElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

export function showToast({ title = '', icon = 'success', image, duration = USUAL_MS, mask }: ToastOptions): void {
  show(title, image ? make('img', { src: image, alt: '' }) : signOf(icon), mask)
  timer = setTimeout(hideToast, duration)
}

export function showLoading({ title = '', mask }: ToastOptions): void {
  show(title || '加载中', signOf('loading'), mask)
}

export function hideToast(): void {
  clearTimeout(timer)
  cover?.remove()
  status?.replaceChildren()
  status?.classList.remove('is-shown', 'has-sign')
}

function show(title: string, sign: HTMLElement | undefined, mask = false): void {
  hideToast()
  status ??= shell().layer.appendChild(make('div', { class: 'mp-toast', role: 'status' }))
  status.classList.add('is-shown')
  status.classList.toggle('has-sign', sign !== undefined)
  status.replaceChildren(...(sign ? [sign] : []), make('span', {}, title))
  if (mask) {
    cover = make('div', { class: 'mp-cover is-clear' })
    shell().layer.prepend(cover)
  }
}

function signOf(icon: string): HTMLElement | undefined {
  if (icon === 'loading') return make('i', { class: 'mp-spinner', 'aria-hidden': 'true' })
  const sign = SIGNS[icon]
  return sign === undefined ? undefined : make('b', { 'aria-hidden': 'true' }, sign)
}
