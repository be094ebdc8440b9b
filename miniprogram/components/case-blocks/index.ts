// A list of cases that may be very long, as blocks of which only those near the screen are drawn.
import type { CaseItem } from '../../services/api'
import { type Block, blocksOf, changedBlocks } from './blocks'

Component({
  properties: {
    items: { type: Array, value: [] as CaseItem[] },
    isStaff: { type: Boolean, value: false },
  },
  data: { blocks: [] as Block[] },
  observers: {
    items(items: CaseItem[]) {
      // Another list follows: nothing of the one before stays, not even its height.
      if (items.length === 0) this.setData({ blocks: [] })
      for (const block of changedBlocks(this.data.blocks, blocksOf(items))) {
        this.setData({ [`blocks[${block.key}]`]: block })
      }
    },
  },
})
