// A list cut into blocks, and which of them differ from those that are shown.
import type { CaseItem } from '../../services/api'

/** As many as are drawn at once between two frames. */
const SIZE = 10

export interface Block {
  key: number
  items: CaseItem[]
}

export const blocksOf = (items: CaseItem[]): Block[] =>
  Array.from({ length: Math.ceil(items.length / SIZE) }, (_, key) => ({
    key,
    items: items.slice(key * SIZE, (key + 1) * SIZE),
  }))

/** Those to be set. A path of `setData` cannot take away: a block too many becomes an empty one. */
export function changedBlocks(shown: Block[], wanted: Block[]): Block[] {
  const emptied = shown.slice(wanted.length).map(({ key }) => ({ key, items: [] }))
  return [...wanted, ...emptied].filter((block) => JSON.stringify(block) !== JSON.stringify(shown[block.key]))
}
