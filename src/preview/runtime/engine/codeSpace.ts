/** Registers the mini-program's code with glass-easel; a component's script runs when a page first needs it. */
import * as adapter from 'glass-easel-miniprogram-adapter'
import type { Bundle, ComponentCode, PageConfig } from '../bundle.js'
import { reportError } from '../report.js'
import { LightDom } from './backend.js'
import { glassEasel } from './nodes.js'
import { overall } from './overall.js'

type Template = Parameters<adapter.CodeSpace['addCompiledTemplate']>[1]
type StaticConfig = Parameters<adapter.CodeSpace['addComponentStaticConfig']>[1]
type Register = adapter.ComponentEnv['Component']
type Behavior = ReturnType<ReturnType<adapter.CodeSpace['behavior']>['register']>

interface Definition {
  behaviors?: unknown[]
  options?: { multipleSlots?: boolean; styleIsolation?: string; addGlobalClass?: boolean }
}

/** `prepareComponentOptions` is left out of the adapter's types. */
interface Preparing {
  prepareComponentOptions(path: string, options?: object): [glassEasel.ComponentOptions, string]
}

export class Code {
  readonly space: adapter.CodeSpace
  readonly #backend: adapter.AssociatedBackend
  readonly #waiting: Map<string, ComponentCode>
  readonly #configs: Map<string, PageConfig>
  readonly #namedBehaviors: Record<string, Behavior | undefined>

  constructor(bundle: Bundle) {
    const environment = new adapter.MiniProgramEnv()
    this.space = environment.createCodeSpace('', true)
    this.#backend = environment.associateBackend(new LightDom())
    this.#waiting = new Map(bundle.components.map((code) => [code.path, code]))
    this.#configs = new Map(bundle.components.map(({ path, config }) => [path, config]))
    this.space.setOverallBehavior(this.space.getComponentSpace().defineBehavior(overall as never))
    const formField = this.space
      .behavior()
      .definition({ properties: { name: String, value: null } } as never)
      .register() as Behavior
    this.#namedBehaviors = { 'wx://form-field': formField, 'wx://form-field-group': formField }
    this.formField = (formField as unknown as { _$: glassEasel.GeneralBehavior })._$
    this.#writeIds(new Set(bundle.pages))
    this.#addSheets(bundle)
    for (const { path, config } of bundle.components) {
      this.space.addComponentStaticConfig(path, config as unknown as StaticConfig)
      const template = bundle.templates[path] as Template['content'] | undefined
      if (template) {
        this.space.addCompiledTemplate(path, {
          groupList: bundle.templates as Template['groupList'],
          content: template,
        })
      }
    }
  }

  /** The behavior of custom components that stand in a form like a field. */
  readonly formField: glassEasel.GeneralBehavior

  configOf(path: string): PageConfig {
    return this.#configs.get(path) ?? {}
  }

  has(path: string): boolean {
    return this.#configs.has(path)
  }

  defineBehavior(definition: Definition): Behavior {
    return this.space
      .behavior()
      .definition(this.#withKnownBehaviors(definition) as never)
      .register() as Behavior
  }

  /** A page, or the tab bar of one; what it is made of is loaded first. */
  createRoot(tag: string, path: string, query = ''): adapter.Root {
    this.space.getComponentSpace().groupRegister(() => this.#load(path))
    return this.#backend.createRoot(tag, this.space, path + query)
  }

  #load(path: string): void {
    const code = this.#waiting.get(path)
    if (!code) return
    this.#waiting.delete(path)
    const { usingComponents, componentGenerics } = code.config
    const generics = Object.values((componentGenerics ?? {}) as Record<string, { default?: string } | true>)
    const defaults = generics.flatMap((one) => (one !== true && one.default ? [one.default] : []))
    for (const used of [...Object.values(usingComponents ?? {}), ...defaults]) this.#load(used.replace(/^\//, ''))
    this.space.componentEnv(path, (environment) => {
      const adapted = (register: Register) => (definition?: Definition) =>
        definition ? register(this.#adapted(code, definition) as never) : register()
      Object.assign(globalThis, {
        Page: adapted(environment.Page as unknown as Register),
        Component: adapted(environment.Component),
      })
      try {
        code.load()
      } catch (error) {
        reportError(error, path)
      }
    })
  }

  #adapted({ path, config }: ComponentCode, definition: Definition): Definition {
    const options = { ...definition.options }
    if (config.hasNamedSlots) options.multipleSlots = true
    const isolation = options.styleIsolation ?? (options.addGlobalClass ? 'apply-shared' : undefined)
    if (isolation !== undefined && config['styleIsolation'] === undefined) {
      this.space.addComponentStaticConfig(path, { ...config, styleIsolation: isolation } as unknown as StaticConfig)
    }
    return this.#withKnownBehaviors({ ...definition, options })
  }

  /** WeChat names its own behaviors by strings; of those the adapter knows none. */
  #withKnownBehaviors<T extends Definition>(definition: T): T {
    if (!definition.behaviors) return definition
    const behaviors = definition.behaviors.flatMap((one) => {
      const behavior = typeof one === 'string' ? this.#namedBehaviors[one] : one
      return behavior ? [behavior] : []
    })
    return { ...definition, behaviors }
  }

  /** Ids reach the DOM; a page's as they are, a component's told apart by instance. */
  #writeIds(pages: ReadonlySet<string>): void {
    const space = this.space as unknown as Preparing
    const prepare = space.prepareComponentOptions.bind(space)
    space.prepareComponentOptions = (path, given) => {
      const [options, isolation] = prepare(path, given)
      const prefix = pages.has(path) ? { idPrefixGenerator: null } : {}
      return [{ ...options, writeIdToDOM: true, ...prefix }, isolation]
    }
  }

  #addSheets({ styles, components }: Bundle): void {
    const add = (path: string, css: string, scope?: string) => {
      this.#backend.registerStyleSheetContent(path, css)
      this.space.addStyleSheet(path, path, scope)
    }
    if (styles['app'] !== undefined) add('app', styles['app'])
    for (const { path, styleScope } of components) {
      // Without a sheet too: the scope is also the name of the component's own classes.
      if (styles[path] !== undefined || styleScope !== undefined) add(path, styles[path] ?? '', styleScope)
    }
  }
}
