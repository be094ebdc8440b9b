/** One open page: its elements, its instance, and WeChat's calls to it. */
import type { Root } from 'glass-easel-miniprogram-adapter'
import type { PageConfig } from '../bundle.js'
import { make } from '../dom.js'
import type { Code } from '../engine/codeSpace.js'
import { glassEasel, type Instance } from '../engine/nodes.js'
import { linkPage, whenLaidOut } from '../engine/overall.js'
import { fontSize } from '../person.js'
import { guarded } from '../report.js'
import { randomName } from '../random.js'
import type { EventChannel } from './eventChannel.js'
import { Pull } from './pull.js'
import { addressOfTarget, type Target } from './url.js'

const CUSTOM_TAB_BAR = 'custom-tab-bar/index'
const PULL_THRESHOLD_PX = 50
const USUAL_BOTTOM_PX = 50

export interface BarConfig extends PageConfig {
  isLoading?: boolean
  hasHomeButton?: boolean
}

export interface PageMeta {
  pageStyle?: string
  pageFontSize?: string
  rootFontSize?: string
  background?: string
}

type Scroll = number | { selector: string; offsetTop: number }

export interface PageOptions {
  code: Code
  target: Target
  config: PageConfig
  opener: EventChannel
  /** The mini-program draws the tab bar of this page itself. */
  hasCustomTabBar: boolean
  /** The bar around the page is drawn anew. */
  onBar(page: Page): void
}

const pages = new WeakMap<Element, Page>()

export const pageAround = (element: Element): Page | undefined => pages.get(element.closest('.mp-page') ?? element)

export class Page {
  readonly url: string
  readonly route: string
  readonly element: HTMLElement
  readonly instance: Instance
  readonly #body = make('div', { class: 'mp-body' })
  readonly #scroller = make('main', { class: 'mp-scroll', tabindex: 0 })
  readonly #root: Root
  #tabBarRoot: Root | undefined
  readonly #options: PageOptions
  readonly #pull: Pull
  #config: BarConfig
  #rootFontSize = ''
  isShown = false
  /** What is asked before the person leaves by the bar; empty for nothing. */
  alert = ''

  constructor(options: PageOptions) {
    const { code, target, config } = options
    this.#options = options
    this.#config = config
    this.url = addressOfTarget(target)
    this.route = target.route
    this.#root = code.createRoot('page', target.route, target.search)
    this.instance = this.#root.get() as unknown as Instance
    Object.assign(this.instance, { route: target.route, options: target.query, __route__: target.route })
    this.element = make(
      'div',
      { class: 'mp-page', 'data-route': target.route, 'data-page-id': randomName(8), hidden: true },
      this.#body,
    )
    this.#body.append(this.#scroller)
    if (config.backgroundColor) this.#body.style.backgroundColor = config.backgroundColor
    pages.set(this.element, this)
    linkPage(this.element, { tabBar: undefined, openerChannel: options.opener })
    this.#pull = new Pull({
      scroller: this.#scroller,
      isEnabled: () => this.#config.enablePullDownRefresh === true,
      threshold: () => PULL_THRESHOLD_PX,
      onRefresh: () => this.call('onPullDownRefresh'),
    })
    this.#listenToScroll()
  }

  get config(): BarConfig {
    return this.#config
  }

  /** Draws the page for the first time; it is in the stack already, as WeChat has it. */
  load(query: Record<string, string>): void {
    const place = make('span')
    this.#scroller.append(place)
    this.#root.attach(this.#scroller as never, place as never)
    if (this.#options.hasCustomTabBar) this.#addTabBar()
    this.call('onLoad', query)
  }

  show(): void {
    this.isShown = true
    this.element.hidden = false
    document.documentElement.style.fontSize = this.#rootFontSize
    for (const root of this.#roots()) root.getComponent().triggerPageLifetime('show', [])
    this.call('onShow')
    if (!this.element.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true })
  }

  /** Once, after everything in it is ready. */
  ready(): void {
    whenLaidOut(() => this.call('onReady'))
  }

  hide(): void {
    if (!this.isShown) return
    this.isShown = false
    this.element.hidden = true
    for (const root of this.#roots()) root.getComponent().triggerPageLifetime('hide', [])
    this.call('onHide')
  }

  unload(): void {
    this.isShown = false
    this.call('onUnload')
    for (const root of this.#roots()) guarded(() => glassEasel.Element.pretendDetached(root.getComponent()), this.route)
    this.element.remove()
  }

  resized(size: object): void {
    for (const root of this.#roots()) root.getComponent().triggerPageLifetime('resize', [size])
    this.call('onResize', { size })
  }

  /** A method of the page's script, if it has it. */
  call(name: string, ...values: unknown[]): unknown {
    const method = this.instance[name]
    return typeof method === 'function'
      ? guarded(() => method.apply(this.instance, values), `${this.route} ${name}`)
      : undefined
  }

  bar(changes: BarConfig): void {
    this.#config = { ...this.#config, ...changes }
    this.#options.onBar(this)
  }

  meta({ pageStyle, pageFontSize, rootFontSize, background }: PageMeta): void {
    const size = (value: string) => (value === 'system' ? `${fontSize}px` : value)
    const root = this.#rootElement()
    if (pageStyle !== undefined || pageFontSize !== undefined) {
      root.setAttribute('style', `${pageFontSize ? `font-size: ${size(pageFontSize)};` : ''}${pageStyle ?? ''}`)
    }
    if (rootFontSize !== undefined) {
      this.#rootFontSize = size(rootFontSize)
      if (this.isShown) document.documentElement.style.fontSize = this.#rootFontSize
    }
    if (background) this.#body.style.backgroundColor = background
  }

  startPull(): void {
    this.#pull.start()
  }

  stopPull(): void {
    this.#pull.stop()
  }

  scrollTo(where: Scroll, durationMs: number): void {
    let top = 0
    if (typeof where === 'number') top = where
    else {
      const found = this.instance._$.getShadowRoot()?.querySelector(where.selector)
      const element = found?.$$ as unknown as HTMLElement | null | undefined
      if (!element) return
      const from = this.#scroller.getBoundingClientRect().top
      top = element.getBoundingClientRect().top - from + this.#scroller.scrollTop + where.offsetTop
    }
    this.#scroller.scrollTo({ top, behavior: durationMs === 0 ? 'instant' : 'smooth' })
  }

  #roots(): Root[] {
    return this.#tabBarRoot ? [this.#root, this.#tabBarRoot] : [this.#root]
  }

  #rootElement(): HTMLElement {
    return this.#root.getComponent().$$ as unknown as HTMLElement
  }

  /** Inside the page's element: it takes part in what the page sets for all. */
  #addTabBar(): void {
    const root = this.#options.code.createRoot('custom-tab-bar', CUSTOM_TAB_BAR)
    const place = make('span')
    const around = make('nav', { class: 'mp-custom-tabs', 'aria-label': '标签栏' }, place)
    this.#rootElement().append(around)
    this.#tabBarRoot = root
    linkPage(this.element, { tabBar: root.get() as unknown as Instance, openerChannel: this.#options.opener })
    root.attach(around as never, place as never)
  }

  #listenToScroll(): void {
    const scroller = this.#scroller
    let isAtBottom = false
    scroller.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller
      this.call('onPageScroll', { scrollTop })
      const distance = this.#config.onReachBottomDistance ?? USUAL_BOTTOM_PX
      const isNear = scrollTop + clientHeight >= scrollHeight - distance
      if (isNear && !isAtBottom) this.call('onReachBottom')
      isAtBottom = isNear
    })
  }
}
