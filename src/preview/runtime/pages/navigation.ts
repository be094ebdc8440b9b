/** The stack of pages: opening, going back, tabs; one step after the other, in step with the browser's history. */
import type { AppConfig } from '../bundle.js'
import type { Code } from '../engine/codeSpace.js'
import { reportError } from '../report.js'
import { askModal } from '../shell/dialogs.js'
import { closeSheets } from '../shell/sheet.js'
import { shell } from '../shell/shell.js'
import { Refusal } from '../wx/call.js'
import { EventChannel } from './eventChannel.js'
import { drawBar } from './navigationBar.js'
import { Page } from './page.js'
import { tabBar } from './tabBar.js'
import { type Place, Trail } from './trail.js'
import { addressOfTarget, type Target, targetOf } from './url.js'

const MOST_PAGES = 10

interface Url {
  url: string
}

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  shareTicket: string
  referrerInfo: object
}

export class Navigation {
  readonly stack: Page[] = []
  readonly #code: Code
  readonly #app: AppConfig
  readonly #pages: readonly string[]
  readonly #tabs = new Map<string, Page>()
  readonly #trail: Trail
  /** Position in the browser's history of the lowest page. */
  #base = 0
  #last: Promise<unknown> = Promise.resolve()
  launchOptions: LaunchOptions

  constructor(code: Code, app: AppConfig, pages: readonly string[]) {
    this.#code = code
    this.#app = app
    this.#pages = pages
    this.#trail = new Trail((place) => {
      this.#inTurn(() => this.#travel(place)).catch(reportError)
    })
    const { route, query } = this.#entry()
    this.launchOptions = { path: route, query, scene: 1001, shareTicket: '', referrerInfo: {} }
    addEventListener('resize', () => {
      const { clientWidth: windowWidth, clientHeight: windowHeight } = shell().app
      this.current()?.resized({ windowWidth, windowHeight, screenWidth: windowWidth, screenHeight: windowHeight })
    })
  }

  /** The page in the address that is not one of the mini-program's. */
  missing(): Target | undefined {
    const url = this.#trail.entryUrl()
    if (url === '' || url === '/') return undefined
    const target = targetOf(url, '')
    return this.#pages.includes(target.route) ? undefined : target
  }

  current(): Page | undefined {
    return this.stack.at(-1)
  }

  launch(): void {
    this.#base = this.#trail.position
    this.#openAlone(this.#entry())
  }

  navigateTo({ url, events }: Url & { events?: Record<string, (data: unknown) => void> }): Promise<object> {
    return this.#inTurn(() => {
      const target = this.#target(url)
      if (this.#isTab(target.route)) throw new Refusal('can not navigateTo a tabbar page')
      if (this.stack.length >= MOST_PAGES) throw new Refusal('webview count limit exceed')
      const { opener, opened } = EventChannel.pair(events)
      this.current()?.hide()
      this.#trail.push(addressOfTarget(target))
      this.#open(target, opened)
      return { eventChannel: opener }
    })
  }

  redirectTo({ url }: Url): Promise<void> {
    return this.#inTurn(() => {
      const target = this.#target(url)
      if (this.#isTab(target.route)) throw new Refusal('can not redirectTo a tabbar page')
      this.#close(this.stack.pop())
      this.#trail.replace(addressOfTarget(target))
      this.#open(target)
    })
  }

  navigateBack({ delta = 1 }: { delta?: number } = {}): Promise<void> {
    return this.#inTurn(async () => {
      if (this.stack.length < 2) throw new Refusal('cannot navigate back at first page.')
      const steps = Math.min(delta, this.stack.length - 1)
      this.#popTo(this.stack.length - 1 - steps)
      await this.#trail.back(steps)
    })
  }

  switchTab({ url }: Url): Promise<void> {
    return this.#inTurn(async () => {
      const target = this.#target(url.split('?')[0] ?? '')
      if (!this.#isTab(target.route)) throw new Refusal('can not switch to no-tabBar page')
      const steps = this.stack.length - 1
      while (this.stack.length > 1) this.#close(this.stack.pop())
      const lowest = this.stack[0]
      if (lowest && lowest.route !== target.route) {
        this.stack.pop()
        if (this.#tabs.get(lowest.route) === lowest) lowest.hide()
        else this.#close(lowest)
      }
      await this.#trail.back(steps)
      this.#trail.replace(`/${target.route}`)
      const known = this.#tabs.get(target.route)
      if (!known) this.#open(target)
      else {
        if (this.stack.length === 0) this.stack.push(known)
        if (!known.isShown) this.#show(known)
      }
    })
  }

  reLaunch({ url }: Url): Promise<void> {
    return this.#inTurn(async () => {
      const target = this.#target(url)
      await this.#trail.back(this.stack.length - 1)
      this.#openAlone(target)
    })
  }

  /** One step after the other: pages often go somewhere while they are being opened. */
  #inTurn<T>(step: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(step)
    this.#last = done.catch(() => undefined)
    return done
  }

  #isTab(route: string): boolean {
    return this.#app.tabBar?.list.some(({ pagePath }) => pagePath === route) ?? false
  }

  /** @throws Refusal for a page that there is not */
  #target(url: string): Target {
    const target = targetOf(url, this.current()?.route ?? '')
    if (!this.#pages.includes(target.route)) throw new Refusal(`page "${target.route}${target.search}" is not found`)
    return target
  }

  #entry(): Target {
    const home = { route: this.#pages[0] ?? '', search: '', query: {} }
    const url = this.#trail.entryUrl()
    if (url === '' || url === '/' || this.missing()) return home
    return targetOf(url, '')
  }

  #open(target: Target, opener: EventChannel = EventChannel.pair().opened): void {
    const isTab = this.#isTab(target.route)
    const page = new Page({
      code: this.#code,
      target,
      config: { ...this.#app.window, ...this.#code.configOf(target.route) },
      opener,
      hasCustomTabBar: isTab && this.#app.tabBar?.custom === true && this.#code.has('custom-tab-bar/index'),
      onBar: (changed) => {
        if (changed === this.current()) this.#drawBar(changed)
      },
    })
    this.stack.push(page)
    if (isTab) this.#tabs.set(target.route, page)
    shell().pages.append(page.element)
    // Bars first: the page measures itself while it loads.
    this.#drawBar(page)
    page.element.hidden = false
    page.load(target.query)
    this.#show(page)
    page.ready()
  }

  #openAlone(target: Target): void {
    for (const page of new Set([...this.stack.splice(0), ...this.#tabs.values()])) this.#close(page)
    this.#tabs.clear()
    this.#trail.replace(addressOfTarget(target))
    this.#open(target)
  }

  #close(page: Page | undefined): void {
    if (!page) return
    if (this.#tabs.get(page.route) === page) this.#tabs.delete(page.route)
    page.unload()
  }

  #show(page: Page): void {
    this.#drawBar(page)
    page.show()
  }

  #drawBar(page: Page): void {
    tabBar().show(page.route)
    drawBar(page, {
      back: () => void this.#leave(page, () => this.navigateBack()).catch(reportError),
      home: () => void this.#leave(page, () => this.reLaunch({ url: `/${this.#pages[0]}` })).catch(reportError),
      canGoBack: this.stack.length > 1,
      canGoHome: this.stack.length === 1 && !this.#isTab(page.route) && page.route !== this.#pages[0],
    })
  }

  /** By the bar's own buttons; where the page goes by itself, WeChat asks nothing. */
  async #leave({ alert }: Page, go: () => Promise<void>): Promise<void> {
    const { confirm } = alert === '' ? { confirm: true } : await askModal({ content: alert })
    if (confirm) await go()
  }

  #popTo(index: number): void {
    while (this.stack.length - 1 > index) this.#close(this.stack.pop())
    const page = this.current()
    if (page) this.#show(page)
  }

  /** The person went through the browser's history, or typed an address (undefined). */
  #travel(place: Place | undefined): void {
    closeSheets()
    if (!place) {
      this.#trail.adopt()
      this.#base = this.#trail.position
      this.#openAlone(this.#typed())
      return
    }
    this.#trail.position = place.position
    const index = place.position - this.#base
    const target = this.#known(place.url)
    if (index >= 0 && index < this.stack.length) {
      if (index < this.stack.length - 1) this.#popTo(index)
    } else if (index === this.stack.length && index < MOST_PAGES && !this.#isTab(target.route)) {
      this.current()?.hide()
      this.#open(target)
    } else {
      this.#base = place.position
      this.#openAlone(target)
    }
  }

  #typed(): Target {
    return this.#known(this.#trail.typedUrl())
  }

  #known(url: string): Target {
    const target = targetOf(url === '' ? '/' : url, '')
    return this.#pages.includes(target.route) ? target : { route: this.#pages[0] ?? '', search: '', query: {} }
  }
}

let made: Navigation | undefined

export function makeNavigation(code: Code, app: AppConfig, pages: readonly string[]): Navigation {
  made = new Navigation(code, app, pages)
  return made
}

export function navigation(): Navigation {
  if (!made) throw new Error('the preview has not been started')
  return made
}
