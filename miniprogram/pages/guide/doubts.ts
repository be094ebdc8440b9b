// Which places of a guide nobody has confirmed: each is marked where it stands, and nothing is left unmarked.
import type { GuideView } from '../../services/api'

type Unconfirmed = GuideView['unconfirmed']

export interface Doubts {
  /** The note for exactly this place; empty where nothing is doubtful. */
  at(path: string): string
  /** The notes for this place and whatever stands within it, each once. */
  within(path: string): string
  /** Notes for places that were never asked about: they are listed at the end. */
  rest(): string[]
}

const isWithin = (field: string, path: string) =>
  field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`)

export function doubtsOf(unconfirmed: Unconfirmed): Doubts {
  const shown = new Set<string>()
  const notes = (isMeant: (field: string) => boolean) => {
    const found = unconfirmed.filter(({ field }) => isMeant(field))
    for (const { field } of found) shown.add(field)
    return [...new Set(found.map(({ note }) => note))].join('；')
  }
  return {
    at: (path) => notes((field) => field === path),
    within: (path) => notes((field) => isWithin(field, path)),
    rest: () => [...new Set(unconfirmed.filter(({ field }) => !shown.has(field)).map(({ note }) => note))],
  }
}
