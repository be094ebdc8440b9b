/** What the compiled templates ask for so that WXS can react to events and changes: the globals, and their `instance`. */
import { browserUnits } from '../../build/units.js'
import { afterLayout } from '../frames.js'
import { measure } from '../pages/area.js'
import { elementOf, glassEasel, instanceOf, isComponent, type Node, nodeOf } from './nodes.js'

const IS_WXS = Symbol('a function of a WXS module')
const states = new WeakMap<Node, object>()
const styles = new WeakMap<Node, Record<string, string>>()

type Style = string | Record<string, string | number>

/** WeChat's ComponentDescriptor: what a WXS function may do to a node, without the page's script. */
class Descriptor {
  readonly #node: Node

  constructor(node: unknown) {
    this.#node = nodeOf(node)
  }

  selectComponent(selector: string): Descriptor | null {
    return this.selectAllComponents(selector)[0] ?? null
  }

  selectAllComponents(selector: string): Descriptor[] {
    const root = isComponent(this.#node) ? this.#node.getShadowRoot() : null
    return (root?.querySelectorAll(selector) ?? []).map((node) => new Descriptor(node))
  }

  setStyle(style: Style): void {
    const all = { ...styles.get(this.#node), ...declarationsOf(style) }
    styles.set(this.#node, all)
    const text = Object.entries(all).map(([name, value]) => `${name}:${value}`)
    this.#node.setNodeStyle(browserUnits(text.join(';')), glassEasel.StyleSegmentIndex.TEMP_EXTRA)
  }

  addClass(names: string): void {
    this.#node.toggleNodeClass(names, true, glassEasel.StyleSegmentIndex.TEMP_EXTRA)
  }

  removeClass(names: string): void {
    this.#node.toggleNodeClass(names, false, glassEasel.StyleSegmentIndex.TEMP_EXTRA)
  }

  hasClass(name: string): boolean {
    return this.#node.classList?.contains(name) ?? false
  }

  getDataset(): object {
    return this.#node.dataset ?? {}
  }

  getState(): object {
    const state = states.get(this.#node) ?? {}
    states.set(this.#node, state)
    return state
  }

  callMethod(name: string, argument?: unknown): unknown {
    const method = (instanceOf(this.#node) as unknown as Record<string, unknown>)[name]
    return typeof method === 'function' ? method.call(instanceOf(this.#node), argument) : undefined
  }

  triggerEvent(name: string, detail?: unknown, options?: glassEasel.EventOptions): void {
    this.#node.triggerEvent(name, detail, options)
  }

  requestAnimationFrame(work: () => void): void {
    afterLayout(work)
  }

  setTimeout(work: () => void, ms: number): number {
    return window.setTimeout(work, ms)
  }

  clearTimeout(timer: number): void {
    clearTimeout(timer)
  }

  getBoundingClientRect(): object | undefined {
    const element = elementOf(this.#node)
    return element && measure(element)
  }

  getComputedStyle(names: string[]): Record<string, string> {
    const element = elementOf(this.#node)
    const style = element && getComputedStyle(element)
    return Object.fromEntries(names.map((name) => [name, style?.getPropertyValue(dashed(name)) ?? '']))
  }
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function declarationsOf(style: Style): Record<string, string> {
  if (typeof style !== 'string') {
    return Object.fromEntries(Object.entries(style).map(([name, value]) => [dashed(name), String(value)]))
  }
  const pairs = style.split(';').map((one) => /^\s*([\w-]+)\s*:(.*)$/s.exec(one))
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2]?.trim() ?? '']] : [])))
}

type WxsFunction = ((...values: unknown[]) => unknown) & { [IS_WXS]?: true }
interface Told {
  currentTarget: unknown
  instance?: Descriptor
}

/** `change:property` handlers see the change after it is drawn, and nodes as descriptors. */
function changeListener(listener: unknown): unknown {
  if (typeof listener !== 'function') return listener
  return (value: unknown, before: unknown, host: unknown, node: unknown) =>
    queueMicrotask(() => listener(value, before, new Descriptor(host), new Descriptor(node)))
}

/** Methods are called on their page; functions of a WXS module are told where they stand. */
function callHandler(host: unknown, event: Told, handler: WxsFunction): unknown {
  if (!handler[IS_WXS]) return handler.call(host, event)
  const told: Told = Object.create(event)
  told.instance = new Descriptor(event.currentTarget)
  return handler.call(null, told, new Descriptor(host))
}

function markModule(module: { exports: Record<string, unknown> }): void {
  for (const value of Object.values(module.exports)) {
    if (typeof value === 'function') (value as WxsFunction)[IS_WXS] = true
  }
}

/** In WXS `value.constructor` is the type's name. */
function typeName(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

// At once, not when the app starts: the bundle evaluates its templates on the way.
Object.assign(globalThis, {
  __mpChangeProp: changeListener,
  __mpWxsEvent: callHandler,
  __wxsMark: markModule,
  __wxsType: typeName,
  getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
  getDate: (...parts: [number]) => new Date(...parts),
})
