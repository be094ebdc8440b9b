/** Makes elements for what stands around the mini-program: navigation bar, sheets, tab bar. */

type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>

/** Attributes beginning with `on` are listeners; `true` is an empty attribute, `false` and undefined are none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children)
  return element
}

export function addStyle(css: string): HTMLStyleElement {
  const style = make('style', {}, css)
  document.head.append(style)
  return style
}
