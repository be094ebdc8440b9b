/** The little that the runtime knows of glass-easel's insides: from a node to its DOM element and back. */
import { glassEasel } from 'glass-easel-miniprogram-adapter'

export { glassEasel }
export type Node = glassEasel.Element
export type Component = glassEasel.GeneralComponent

/** `this` in a page's or component's methods. */
export interface Instance {
  readonly _$: Component
  readonly is: string
  data: Record<string, unknown>
  setData(values: Record<string, unknown>, done?: () => void): void
  selectComponent(selector: string): unknown
  selectAllComponents(selector: string): unknown[]
  [member: string]: unknown
}

interface Bearer {
  __wxElement?: Node
}

/** Handlers are given either the node or, for components, its instance. */
export const nodeOf = (thing: unknown): Node => (thing as Instance)._$ ?? (thing as Node)

export const isComponent = (node: unknown): node is Component => glassEasel.Component.isComponent(node)

/** What handlers see as `this`, `event.target` or `event.currentTarget`. */
export const instanceOf = (node: Node): Instance | Node =>
  isComponent(node) ? (node.getMethodCaller() as unknown as Instance) : node

/** A component with a virtual host has no element of its own: the first of its content stands for it. */
export function elementOf(thing: unknown): HTMLElement | undefined {
  const node = nodeOf(thing)
  const own = node.$$ as unknown as HTMLElement | null
  if (own) return own
  const content = isComponent(node) ? (node.getShadowRoot()?.childNodes ?? []) : node.childNodes
  for (const child of content) {
    const element = glassEasel.Element.prototype.isPrototypeOf(child) ? elementOf(child) : undefined
    if (element) return element
  }
  return undefined
}

/** The node of an element, or of the nearest one around it: built-ins hold elements that the template does not know. */
export function nodeAround(element: Element | null): Node | undefined {
  for (let at = element; at; at = at.parentElement) {
    const node = (at as Bearer).__wxElement
    if (node) return node
  }
  return undefined
}

export const nodeAt = (element: Element): Node | undefined => (element as Bearer).__wxElement

/** The component whose template holds the node. */
export const ownerOf = (node: Node): Component | undefined => node.ownerShadowRoot?.getHostNode()

/** As written into the DOM: ids are told apart by the component that they are in. */
export function domId(node: Node, id: string): string {
  const prefix = (ownerOf(node) as unknown as { _$idPrefix?: string } | undefined)?._$idPrefix
  return prefix ? `${prefix}--${id}` : id
}

/** Class names as the style sheets of the template around the node have them. */
export function scopedClasses(node: Node, names: string): string[] {
  const owner = ownerOf(node)
  const words = names.split(/\s+/).filter((word) => word !== '')
  if (!owner) return words
  const { styleScope, extraStyleScope } = owner.getComponentOptions()
  const scopes = owner.getRootBehavior().ownerSpace.styleScopeManager
  const prefix = styleScope == null ? '' : (scopes.queryName(styleScope) ?? '')
  if (prefix === '') return words
  return [...words.map((word) => `${prefix}--${word}`), ...(extraStyleScope == null ? [] : words)]
}
