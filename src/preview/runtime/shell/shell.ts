/** The app's area in the window: pages, tab bar, and what is laid over them. */
import { addStyle, make } from '../dom.js'
import { look } from './look.js'

/** Beyond this width the app stands in the middle of the window. */
const WIDEST_PX = 1280
/** WeChat divides the app's width into so many rpx. */
const RPX_ACROSS = 750

export interface Shell {
  app: HTMLElement
  header: HTMLElement
  pages: HTMLElement
  tabs: HTMLElement
  /** Sheets, dialogs and messages. */
  layer: HTMLElement
}

let made: Shell | undefined

export function shell(): Shell {
  if (!made) throw new Error('the preview has not been started')
  return made
}

export function makeShell(): Shell {
  addStyle(look)
  const app = document.getElementById('app') ?? document.body.appendChild(make('div', { id: 'app' }))
  const header = make('header', { class: 'mp-nav' })
  const pages = make('div', { class: 'mp-pages' })
  const tabs = make('nav', { class: 'mp-tabs', 'aria-label': '标签栏', hidden: true })
  const layer = make('div', { class: 'mp-layer' })
  app.classList.add('mp-app')
  app.style.maxWidth = `${WIDEST_PX}px`
  app.append(header, pages, tabs, layer)
  made = { app, header, pages, tabs, layer }
  fit()
  addEventListener('resize', fit)
  return made
}

function fit(): void {
  const { app } = shell()
  app.style.setProperty('--rpx', `${app.clientWidth / RPX_ACROSS}px`)
}

/** Pages and bars can neither be touched nor heard while something that wants an answer lies over them. */
export function setCovered(isCovered: boolean): void {
  const { header, pages, tabs } = shell()
  for (const part of [header, pages, tabs]) part.inert = isCovered
}
