/** `createIntersectionObserver`: tells when a node comes into sight of the page or of another node. */
import { currentArea } from '../pages/area.js'
import { guarded } from '../report.js'
import { elementOf, type Instance, type Node } from './nodes.js'

interface Options {
  thresholds?: number[]
  initialRatio?: number
  observeAll?: boolean
}

type Margins = Partial<Record<'left' | 'right' | 'top' | 'bottom', number>>

export class IntersectionObserverOfPage {
  readonly #scope: Instance
  readonly #options: Options
  #relativeTo: string | undefined
  #margins: Margins = {}
  readonly #observers: IntersectionObserver[] = []

  constructor(scope: Instance, options: Options = {}) {
    this.#scope = scope
    this.#options = options
  }

  relativeTo(selector: string, margins: Margins = {}): this {
    this.#relativeTo = selector
    this.#margins = margins
    return this
  }

  relativeToViewport(margins: Margins = {}): this {
    this.#relativeTo = undefined
    this.#margins = margins
    return this
  }

  observe(selector: string, listener: (result: object) => void): void {
    const { thresholds = [0], initialRatio = 0, observeAll = false } = this.#options
    const found = this.#scope._$.getShadowRoot()?.querySelectorAll(selector) ?? []
    for (const node of observeAll ? found : found.slice(0, 1)) {
      const element = elementOf(node)
      if (element) this.#watch(node, element, { thresholds, initialRatio, listener })
    }
  }

  disconnect(): void {
    for (const observer of this.#observers.splice(0)) observer.disconnect()
  }

  #watch(
    node: Node,
    element: HTMLElement,
    how: { thresholds: number[]; initialRatio: number; listener: (result: object) => void },
  ): void {
    const { left = 0, right = 0, top = 0, bottom = 0 } = this.#margins
    let isFirst = true
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const isKnown = isFirst && entry.intersectionRatio === how.initialRatio
          isFirst = false
          if (!isKnown) guarded(() => how.listener(resultOf(node, entry)), 'createIntersectionObserver')
        }
      },
      {
        root: this.#rootFor(element),
        rootMargin: `${top}px ${right}px ${bottom}px ${left}px`,
        threshold: how.thresholds,
      },
    )
    observer.observe(element)
    this.#observers.push(observer)
  }

  #rootFor(element: HTMLElement): Element | null {
    if (this.#relativeTo === undefined) return element.closest('.mp-scroll')
    const node = this.#scope._$.getShadowRoot()?.querySelector(this.#relativeTo)
    return (node && elementOf(node)) ?? null
  }
}

function resultOf(node: Node, entry: IntersectionObserverEntry): object {
  const area = currentArea()
  const inPage = ({ left, top, width, height }: DOMRectReadOnly) => ({
    left: left - area.left,
    top: top - area.top,
    right: left - area.left + width,
    bottom: top - area.top + height,
    width,
    height,
  })
  return {
    id: node.id,
    dataset: node.dataset ?? {},
    intersectionRatio: entry.intersectionRatio,
    boundingClientRect: inPage(entry.boundingClientRect),
    intersectionRect: inPage(entry.intersectionRect),
    relativeRect: entry.rootBounds ? inPage(entry.rootBounds) : undefined,
    time: entry.time,
  }
}
