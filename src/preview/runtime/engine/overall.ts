/** What every page and component has besides its own: being told that it is ready, and WeChat's methods on `this`. */
import { afterLayout } from '../frames.js'
import { IntersectionObserverOfPage } from './intersection.js'
import { type Component, elementOf, glassEasel, type Instance, isComponent, type Node } from './nodes.js'
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

/**
 * What comes late for something that is gone is set all the same, and seen by nobody, as in WeChat: its elements are left
 * to whoever still holds them, where glass-easel would take them away and then fail to write into them.
 */
function keepElements(node: Node): void {
  node.cancelDestroyBackendElementOnRemoval()
  for (const child of node.childNodes) {
    if (glassEasel.Element.prototype.isPrototypeOf(child)) keepElements(child as Node)
    else child.cancelDestroyBackendElementOnRemoval()
  }
  const content = isComponent(node) ? node.getShadowRoot() : null
  if (content) keepElements(content)
}

export const overall = {
  is: 'preview/overall',
  lifetimes: {
    attached(this: Instance) {
      const component = this._$
      if (readied.has(component)) return
      readied.add(component)
      whenLaidOut(() => component.triggerLifetime('ready', []))
    },
    detached(this: Instance) {
      keepElements(this._$)
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
