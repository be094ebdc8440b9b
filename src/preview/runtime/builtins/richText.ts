/** rich-text: trusted tags only, nothing that runs or leads away. */
import { browserUnits } from '../../build/units.js'
import { type Node as TemplateNode, scopedClasses } from '../engine/nodes.js'
import { anyType, builtIn } from './builtIn.js'

const TAGS = new Set(
  `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em
  fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section small
  span strong sub sup table tbody td tfoot th thead tr tt u ul`.split(/\s+/),
)
const ATTRIBUTES = /^(style|class|src|alt|width|height|colspan|rowspan|start|type|dir|span)$/

interface RichNode {
  type?: string
  name?: string
  text?: string
  attrs?: Record<string, unknown>
  children?: RichNode[]
}

const richNodesOf = (html: string): RichNode[] =>
  [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap((node) => {
    if (node instanceof Text) return [{ type: 'text', text: node.data }]
    return node instanceof HTMLElement ? [richNodeOf(node)] : []
  })

const richNodeOf = (element: HTMLElement): RichNode => ({
  name: element.localName,
  attrs: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  children: richNodesOf(element.innerHTML),
})

function draw(within: TemplateNode, { type, name = '', text, attrs = {}, children = [] }: RichNode): Node[] {
  if (type === 'text' || text !== undefined) return [document.createTextNode(decoded(text ?? ''))]
  const tag = name.toLowerCase()
  if (!TAGS.has(tag)) return []
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(attrs)) {
    if (!ATTRIBUTES.test(key)) continue
    if (key === 'class') element.classList.add(...scopedClasses(within, String(value)))
    else element.setAttribute(key, key === 'style' ? browserUnits(String(value)) : String(value))
  }
  element.append(...children.flatMap((child) => draw(within, child)))
  return [element]
}

const ENTITIES: Record<string, string> = { '&nbsp;': '\u00a0', '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' }
const decoded = (text: string) => text.replace(/&(nbsp|lt|gt|amp|quot);/g, (entity) => ENTITIES[entity] ?? entity)

export const richText = builtIn(
  { nodes: anyType<string | RichNode[] | undefined>(undefined), space: '', userSelect: false },
  (box) => {
    box.watch(['nodes'], () => {
      const { nodes } = box.values
      const all = typeof nodes === 'string' ? richNodesOf(nodes) : (nodes ?? [])
      box.element.replaceChildren(...all.flatMap((node) => draw(box.component, node)))
    })
    box.watch(['space', 'userSelect'], () => {
      box.element.toggleAttribute('keeps-space', box.values.space !== '')
      box.element.toggleAttribute('selectable', box.values.userSelect)
    })
  },
)
