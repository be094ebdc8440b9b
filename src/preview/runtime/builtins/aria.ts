/** Carries `hidden`, `aria-…` and `tabindex` of the source into the DOM, and makes focusable what says it is a control. */
import { domId } from '../engine/nodes.js'
import type { Box } from './builtIn.js'

const STATES = `label hidden checked disabled describedby expanded haspopup selected required orientation valuemin
  valuemax valuenow valuetext readonly multiselectable controls labelledby multiline live atomic relevant busy pressed
  current modal level invalid owns activedescendant posinset setsize sort errormessage keyshortcuts roledescription
  autocomplete placeholder`.split(/\s+/)

const IDS = new Set(['describedby', 'controls', 'labelledby', 'owns', 'activedescendant', 'errormessage'])

/** Roles of what is operated; a container is not. */
const OPERATED = new Set(
  'button link checkbox radio switch tab option menuitem menuitemcheckbox menuitemradio'.split(' '),
)

const propertyOf = (state: string) => `aria${state[0]?.toUpperCase()}${state.slice(1)}`

export interface Spoken {
  hidden: unknown
  ariaRole: unknown
  ariaLabel: unknown
  tabindex: unknown
}

const properties = new Map(STATES.map((state) => [state, propertyOf(state)]))

/** Defaults, for `define`. */
export const spoken: Record<string, unknown> = Object.fromEntries(
  ['hidden', 'tabindex', 'ariaRole', ...properties.values()].map((name) => [name, undefined]),
)

const stateProperties = [...properties.values()] as (keyof Spoken)[]

export function speak(box: Box<Spoken>): void {
  box.watch(['hidden'], () => box.element.toggleAttribute('hidden', Boolean(box.values.hidden)))
  box.watch(['ariaRole', 'tabindex'], () => {
    const { ariaRole, tabindex } = box.values
    const role = typeof ariaRole === 'string' ? ariaRole.trim() : ''
    if (role !== '') box.speaker.setAttribute('role', role)
    if (tabindex !== undefined && tabindex !== null && tabindex !== '') box.speaker.tabIndex = Number(tabindex)
    else if (OPERATED.has(role)) box.speaker.tabIndex = 0
  })
  /** What the source has set; what the built-in says of itself stays. */
  const told = new Set<string>()
  box.watch(stateProperties, () => {
    for (const [state, property] of properties) {
      const value: unknown = box.values[property as keyof Spoken]
      const isTold = value !== undefined && value !== null && value !== ''
      if (!isTold && !told.has(state)) continue
      const bearer = state === 'hidden' ? box.element : box.speaker
      if (isTold) bearer.setAttribute(`aria-${state}`, IDS.has(state) ? idsOf(box, String(value)) : String(value))
      else bearer.removeAttribute(`aria-${state}`)
      if (isTold) told.add(state)
      else told.delete(state)
    }
  })
}

const idsOf = (box: Box<Spoken>, value: string) =>
  value
    .split(/\s+/)
    .map((id) => domId(box.component, id))
    .join(' ')
