/** How WeChat's own components are written here: properties by their defaults, and what happens when they change. */
import { type Component, glassEasel } from '../engine/nodes.js'
import { guarded } from '../report.js'
import { type Spoken, speak, spoken } from './aria.js'

/** A property that takes any type; the others have the type of their default. */
class Untyped<T> {
  constructor(readonly value: T) {}
}

export const anyType = <T>(value: T) => new Untyped(value)

type Defaults = Record<string, unknown>
export type ValuesOf<D> = { [K in keyof D]: D[K] extends Untyped<infer T> ? T : D[K] } & Spoken

export interface BuiltIn {
  defaults: Defaults
  /** Once for each element, before its properties are set. */
  start?: (box: Box<never>) => void
}

export function builtIn<D extends Defaults>(defaults: D, start?: (box: Box<ValuesOf<D>>) => void): BuiltIn {
  return { defaults, start: start as BuiltIn['start'] }
}

interface Watch {
  names: string[]
  last: unknown[] | undefined
  react(): void
}

/** One built-in on the page. `V`: its properties' values. */
export class Box<V> {
  readonly element: HTMLElement
  /** Who carries what is said to assistive technology; the native control inside, where there is one. */
  speaker: HTMLElement
  readonly #watches: Watch[] = []
  readonly #onAttach: (() => void)[] = []
  readonly #onDetach: (() => void)[] = []

  constructor(readonly component: Component) {
    this.element = component.$$ as unknown as HTMLElement
    this.speaker = this.element
  }

  get values(): V {
    return this.component.data as V
  }

  /** As `setData`: a two-way binding hears of it. */
  set(values: Partial<V>): void {
    this.component.setData(values as Record<string, unknown>)
  }

  emit(name: string, detail: unknown = {}, options: glassEasel.EventOptions = {}): void {
    this.component.triggerEvent(name, detail, options)
  }

  /** At the beginning, and whenever one of the properties has changed. */
  watch(names: (keyof V & string)[], react: () => void): void {
    this.#watches.push({ names, last: undefined, react })
  }

  onAttach(work: () => void): void {
    this.#onAttach.push(work)
  }

  onDetach(work: () => void): void {
    this.#onDetach.push(work)
  }

  /** An element that the template does not know of, in front of the content. */
  put<K extends keyof HTMLElementTagNameMap>(tag: K, className = ''): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag)
    if (className !== '') element.className = className
    this.element.prepend(element)
    return element
  }

  /** The content of the template goes into another element from now on. */
  contentInto(inner: HTMLElement): void {
    const insertion = ['appendChild', 'insertBefore', 'removeChild', 'replaceChild'] as const
    for (const name of insertion) {
      Object.defineProperty(this.element, name, { value: (...nodes: [never, never]) => inner[name](...nodes) })
    }
  }

  changed(): void {
    const values = this.values as Record<string, unknown>
    for (const watch of this.#watches) {
      const now = watch.names.map((name) => values[name])
      if (watch.last?.every((value, index) => Object.is(value, now[index]))) continue
      watch.last = now
      watch.react()
    }
  }

  attached(): void {
    this.changed()
    for (const work of this.#onAttach) work()
  }

  detached(): void {
    for (const work of this.#onDetach) work()
  }
}

const boxes = new WeakMap<Component, Box<unknown>>()

type PropertyType = StringConstructor | NumberConstructor | BooleanConstructor | ArrayConstructor | null

function propertyOf(value: unknown): { type: PropertyType; value: unknown } {
  if (value instanceof Untyped) return { type: null, value: value.value }
  if (Array.isArray(value)) return { type: Array, value }
  const type = { string: String, number: Number, boolean: Boolean }[typeof value as string] ?? null
  return { type, value }
}

export function define(space: glassEasel.ComponentSpace, name: string, { defaults, start }: BuiltIn): void {
  const properties = Object.entries({ ...defaults, ...spoken }).map(([key, value]) => [key, propertyOf(value)])
  const definition = space.defineComponent({
    is: `wx/${name}`,
    options: { dataDeepCopy: glassEasel.DeepCopyKind.None },
    properties: Object.fromEntries(properties),
    observers: {
      '**': function (this: Component) {
        boxes.get(this)?.changed()
      },
    },
    lifetimes: {
      created(this: Component) {
        // A page that was closed still hears of what it had asked for: none of that is shown any more.
        if (this.$$ === null) return
        const box = new Box(this)
        boxes.set(this, box)
        start?.(box as Box<never>)
        speak(box as Box<Spoken>)
      },
      attached(this: Component) {
        guarded(() => boxes.get(this)?.attached(), name)
      },
      detached(this: Component) {
        boxes.get(this)?.detached()
      },
    },
  } as never)
  space.setGlobalUsingComponent(name, definition as unknown as glassEasel.GeneralComponentDefinition)
}
