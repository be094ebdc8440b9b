/** WeChat's own tab bar, for mini-programs that do not draw theirs. */
import type { AppConfig } from '../bundle.js'
import { make } from '../dom.js'
import { reportError } from '../report.js'
import { shell } from '../shell/shell.js'
import { addressOf } from '../wx/addresses.js'
import { navigation } from './navigation.js'

type Config = NonNullable<AppConfig['tabBar']>

class TabBar {
  readonly #config: Config
  /** By index: text of a badge, empty for a dot. */
  readonly #marks = new Map<number, string>()
  readonly #names = new Map<number, string>()
  #isOn = true
  #route = ''

  constructor(config: Config) {
    this.#config = config
  }

  show(route: string): void {
    this.#route = route
    this.#draw()
  }

  mark(index: number, text: string | undefined): void {
    if (text === undefined) this.#marks.delete(index)
    else this.#marks.set(index, text)
    this.#draw()
  }

  rename(index: number, text: string | undefined): void {
    if (text !== undefined) this.#names.set(index, text)
    this.#draw()
  }

  toggle(isOn: boolean): void {
    this.#isOn = isOn
    this.#draw()
  }

  #draw(): void {
    const { tabs } = shell()
    const { custom, list, backgroundColor = '#ffffff' } = this.#config
    tabs.hidden = custom === true || !this.#isOn || !list.some(({ pagePath }) => pagePath === this.#route)
    if (tabs.hidden) return
    tabs.style.backgroundColor = backgroundColor
    const row = make('div', { role: 'tablist' }, ...list.map((tab, index) => this.#tab(tab, index)))
    tabs.replaceChildren(row)
  }

  #tab({ pagePath, text, iconPath, selectedIconPath }: Config['list'][number], index: number): HTMLElement {
    const { color = '#7a7e83', selectedColor = '#3cc51f' } = this.#config
    const isOpen = pagePath === this.#route
    const icon = isOpen ? (selectedIconPath ?? iconPath) : iconPath
    const mark = this.#marks.get(index)
    const open = () => {
      if (!isOpen)
        navigation()
          .switchTab({ url: `/${pagePath}` })
          .catch(reportError)
    }
    const style = `color:${isOpen ? selectedColor : color}`
    return make(
      'button',
      { role: 'tab', 'aria-selected': String(isOpen), style, onclick: open },
      ...(icon ? [make('img', { src: addressOf(`/${icon.replace(/^\//, '')}`), alt: '' })] : []),
      make('span', { class: icon ? '' : 'is-alone' }, this.#names.get(index) ?? text),
      ...(mark === undefined ? [] : [make('i', { class: mark === '' ? 'mp-dot' : 'mp-badge' }, mark)]),
    )
  }
}

let made: TabBar | undefined

export function makeTabBar(config: Config): void {
  made = new TabBar(config)
}

export function tabBar(): TabBar {
  made ??= new TabBar({ list: [] })
  return made
}
