/** `wx.createSelectorQuery`: measures nodes of a page or component after the next layout. */
import { afterLayout } from '../frames.js'
import { currentBody, measure } from '../pages/area.js'
import { guarded } from '../report.js'
import { elementOf, type Instance, instanceOf, isComponent, type Node, ownerOf } from './nodes.js'

interface Fields {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  node?: boolean
  context?: boolean
  properties?: string[]
  computedStyle?: string[]
}

type Result = Record<string, unknown>
type Done = (result: unknown) => void

interface Question {
  /** Null: the page's own area. */
  selector: string | null
  isAll: boolean
  fields: Fields
  done?: Done
  scope: Instance | undefined
}

export class SelectorQuery {
  #scope: Instance | undefined
  readonly #questions: Question[] = []

  constructor(scope?: Instance) {
    this.#scope = scope
  }

  in(scope: Instance): this {
    this.#scope = scope
    return this
  }

  select = (selector: string) => this.#about(selector, false)
  selectAll = (selector: string) => this.#about(selector, true)
  selectViewport = () => this.#about(null, false)

  exec(done?: (results: unknown[]) => void): this {
    const questions = this.#questions.splice(0)
    afterLayout(() => {
      const results = questions.map((question) => {
        const result = answer(question)
        guarded(() => question.done?.(result), 'createSelectorQuery')
        return result
      })
      guarded(() => done?.(results), 'createSelectorQuery')
    })
    return this
  }

  #about(selector: string | null, isAll: boolean) {
    const scope = this.#scope
    const ask = (fields: Fields, done?: Done) => {
      this.#questions.push({ selector, isAll, fields, done, scope })
      return this
    }
    return {
      boundingClientRect: (done?: Done) => ask({ id: true, dataset: true, rect: true, size: true }, done),
      scrollOffset: (done?: Done) => ask({ id: true, dataset: true, scrollOffset: true }, done),
      node: (done?: Done) => ask({ node: true }, done),
      context: (done?: Done) => ask({ context: true }, done),
      fields: ask,
    }
  }
}

function answer({ selector, isAll, fields, scope }: Question): unknown {
  if (selector === null) {
    const page = currentBody()?.querySelector<HTMLElement>(':scope > .mp-scroll')
    return page ? read(undefined, page, fields) : null
  }
  const within = scope ?? (getCurrentPages().at(-1) as Instance | undefined)
  const nodes = within?._$.getShadowRoot()?.querySelectorAll(selector.replaceAll('>>>', ' >>> ')) ?? []
  const results = (isAll ? nodes : nodes.slice(0, 1)).flatMap((node) => {
    const element = elementOf(node)
    return element ? [read(node, element, fields)] : []
  })
  return isAll ? results : (results[0] ?? null)
}

function read(node: Node | undefined, element: HTMLElement, fields: Fields): Result {
  const result: Result = {}
  if (fields.id) result['id'] = node?.id ?? ''
  if (fields.dataset) result['dataset'] = node?.dataset ?? {}
  if (fields.mark) result['mark'] = node?.collectMarks() ?? {}
  const { width, height, ...edges } = measure(element)
  if (fields.rect) Object.assign(result, edges)
  if (fields.size) Object.assign(result, { width, height })
  if (fields.scrollOffset) {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = element
    Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight })
  }
  const content = element.querySelector(':scope > canvas') ?? contextOf(node, element)
  if (fields.node) result['node'] = content
  if (fields.context) result['context'] = content
  for (const name of fields.properties ?? []) result[name] = isComponent(node) ? node.data[name] : undefined
  const style = fields.computedStyle && getComputedStyle(element)
  for (const name of fields.computedStyle ?? []) {
    result[name] = style?.getPropertyValue(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  }
  return result
}

/** For a scroll-view what WeChat calls its context, for a component itself. */
function contextOf(node: Node | undefined, element: HTMLElement): unknown {
  if (element.tagName !== 'WX-SCROLL-VIEW' || !node) return node ? instanceOf(node) : element
  return {
    scrollTo: ({ top, left, animated = true }: { top?: number; left?: number; animated?: boolean }) =>
      element.scrollTo({ top, left, behavior: animated ? 'smooth' : 'instant' }),
    scrollIntoView: (selector: string) => {
      const target = ownerOf(node)?.getShadowRoot()?.querySelector(selector)
      if (target) elementOf(target)?.scrollIntoView({ block: 'start' })
    },
  }
}
