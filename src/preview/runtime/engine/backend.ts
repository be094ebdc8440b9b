/** Lets glass-easel write into the page's light DOM: `wx-…` tags, WeChat's lengths, style sheets once each. */
import { browserUnits } from '../../build/units.js'
import { glassEasel } from './nodes.js'

type BackendElement = glassEasel.domlikeBackend.Element

/** Tags that are WeChat's own; filled when the built-ins are defined. */
export const builtInTags = new Set(['page'])

function createElement(tag: string): BackendElement {
  const element = document.createElement(builtInTags.has(tag) ? `wx-${tag}` : tag)
  element.setAttribute = setAttribute
  return element as unknown as BackendElement
}

function setAttribute(this: HTMLElement, name: string, value: string): void {
  Element.prototype.setAttribute.call(this, name, name === 'style' ? browserUnits(String(value)) : value)
}

export class LightDom extends glassEasel.CurrentWindowBackendContext {
  readonly #sheets = new Map<string, string>()
  readonly #inUse = new Set<string>()

  constructor() {
    super()
    this.document = {
      createElement,
      createTextNode: (text) => document.createTextNode(text) as unknown as BackendElement,
      createDocumentFragment: () => document.createDocumentFragment() as unknown as BackendElement,
    }
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.#sheets.set(path, String(content))
  }

  override appendStyleSheetPath(path: string): number {
    const css = this.#sheets.get(path)
    if (!this.#inUse.has(path) && css) {
      const style = document.createElement('style')
      style.dataset['path'] = path
      style.textContent = css
      document.head.append(style)
    }
    this.#inUse.add(path)
    return 0
  }

  /** Every event comes through pointer.ts or a built-in: no listener on single elements. */
  override setListenerStats(element: BackendElement, type: string): void {
    if (type === 'longpress' || type === 'longtap') withLongPress.add(element as unknown as Element)
  }

  override onEvent(): void {
    // Likewise.
  }
}

/** A long press is an event of its own only where somebody listens; elsewhere it is a slow tap. */
export const withLongPress = new WeakSet<Element>()
