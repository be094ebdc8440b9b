/** The bar above the page: back, home, title, and the capsule that only WeChat's own buttons fill. */
import { make } from '../dom.js'
import { shell } from '../shell/shell.js'
import type { Page } from './page.js'

export interface BarButtons {
  back(): void
  home(): void
  canGoBack: boolean
  canGoHome: boolean
}

const drawing = (d: string) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.innerHTML = `<path d="${d}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`
  return svg
}

const BACK = 'M15 4l-8 8 8 8'
const HOME = 'M4 11l8-7 8 7v9h-5v-6H9v6H4z'

const capsule = () =>
  make(
    'span',
    { class: 'mp-capsule', 'aria-hidden': 'true' },
    make('i', { class: 'is-dots' }),
    make('i', { class: 'is-ring' }),
  )

/** A page with a style of its own keeps nothing but the capsule. */
export function drawBar({ config }: Page, { back, home, canGoBack, canGoHome }: BarButtons): void {
  const { header } = shell()
  const title = config.navigationBarTitleText ?? ''
  const isCustom = config.navigationStyle === 'custom'
  header.classList.toggle('is-custom', isCustom)
  header.style.backgroundColor = isCustom ? '' : (config.navigationBarBackgroundColor ?? '#000000')
  header.style.color = (config.navigationBarTextStyle ?? 'white') === 'black' ? '#000000' : '#ffffff'
  document.title = title
  const button = (label: string, path: string, press: () => void) =>
    make('button', { class: 'mp-nav-button', 'aria-label': label, onclick: press }, drawing(path))
  const ways = isCustom
    ? []
    : canGoBack
      ? [button('返回', BACK, back)]
      : canGoHome && config.hasHomeButton !== false
        ? [button('首页', HOME, home)]
        : []
  const heading = make('h1', { class: 'mp-title' }, title)
  const loading = config.isLoading ? [make('i', { class: 'mp-spinner', 'aria-hidden': 'true' })] : []
  header.replaceChildren(
    ...ways,
    ...(isCustom ? [] : [make('div', { class: 'mp-title-row' }, ...loading, heading)]),
    capsule(),
  )
}
