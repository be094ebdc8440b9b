/** What every page and component has besides its own: being told that it is ready, and WeChat's methods on `this`. */
import { afterLayout } from '../frames.js'
import { IntersectionObserverOfPage } from './intersection.js'
import { type Component, elementOf, type Instance } from './nodes.js'
import { SelectorQuery } from './selectorQuery.js'

/** glass-easel leaves `ready` to whoever draws: told once, when the component has been laid out. */
const waiting: (() => void)[] = []

export function whenLaidOut(work: () => void): void {
  waiting.push(work)
  if (waiting.length > 1) return
  afterLayout(() => {
    for (const one of waiting.splice(0)) one()
  })
}

/** What a page knows that its components ask for. */
export interface PageLinks {
  tabBar: Instance | undefined
  openerChannel: unknown
}

const links = new WeakMap<Element, PageLinks>()

/** `element`: of the page, around everything in it. */
export function linkPage(element: Element, page: PageLinks): void {
  links.set(element, page)
}

function linksOf(instance: Instance): PageLinks | undefined {
  const element = elementOf(instance)?.closest('.mp-page')
  return element ? links.get(element) : undefined
}

const readied = new WeakSet<Component>()

export const overall = {
  is: 'preview/overall',
  lifetimes: {
    attached(this: Instance) {
      const component = this._$
      if (readied.has(component)) return
      readied.add(component)
      whenLaidOut(() => component.triggerLifetime('ready', []))
    },
  },
  methods: {
    createSelectorQuery(this: Instance) {
      return new SelectorQuery(this)
    },
    createIntersectionObserver(this: Instance, options?: ConstructorParameters<typeof IntersectionObserverOfPage>[1]) {
      return new IntersectionObserverOfPage(this, options)
    },
    getTabBar(this: Instance) {
      return linksOf(this)?.tabBar
    },
    getOpenerEventChannel(this: Instance) {
      return linksOf(this)?.openerChannel
    },
    getPageId(this: Instance) {
      return elementOf(this)?.closest<HTMLElement>('.mp-page')?.dataset['pageId']
    },
  },
}
