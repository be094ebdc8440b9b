// How much waits on a list, in a few words, from its first page.

interface Page {
  items: object[]
  next: string | null
}

/** More are not counted. */
export const MOST = 20

/** `3 人等核实`, `20+ 人等核实`, or nothing. */
export const countText = ({ items, next }: Page, what: string): string =>
  items.length === 0 ? '' : `${items.length}${next === null ? '' : '+'} ${what}`
