// A list that may be very long: fetched as its end is reached, and handed to the page in blocks, each for itself.

interface Page {
  items: object[]
  next: string | null
}
type Ask = (cursor: string | undefined, limit: number) => Promise<Page>

/** As many as stand in a block: drawn at once between two frames. */
const BLOCK = 10
/** As many as are fetched at the end. */
const PAGE = 20
/** As many as a list gives at once. */
const MOST = 100

interface Block {
  key: number
  items: object[]
}

/** Of each list, what was asked for last. */
const newest = new WeakMap<object, Promise<Page>>()

export const blocks = Behavior({
  data: {
    blocks: [] as Block[],
    /** How many there are in all blocks. */
    count: 0,
    next: null as string | null,
    isFetching: false,
  },
  methods: {
    /** The list anew, as far as it was fetched before: who comes back finds the place again. True when there is anything. */
    async firstBlocks(ask: Ask): Promise<boolean> {
      const asked = asFarAs(this.data.count, ask)
      newest.set(this, asked)
      const page = await asked
      const wanted = newest.get(this)
      // Another filter was chosen meanwhile: whoever asked for that shows it.
      if (wanted && wanted !== asked) return (await wanted).items.length > 0
      this.fill(0, page)
      return page.items.length > 0
    },
    async nextBlock(ask: Ask): Promise<void> {
      const { next, isFetching } = this.data
      if (next === null || isFetching) return
      this.setData({ isFetching: true })
      try {
        const page = await ask(next, PAGE)
        // The list was begun anew meanwhile: this page belongs to the old one.
        if (this.data.next === next) this.fill(this.data.blocks.filter(({ items }) => items.length > 0).length, page)
      } catch {
        void wx.showToast({ title: '后面的没有取到，请再往下拉', icon: 'none' })
      } finally {
        this.setData({ isFetching: false })
      }
    },
    /** Another list follows: nothing of this one stays. */
    empty() {
      this.setData({ blocks: [], count: 0, next: null })
    },
    /** Puts the items from that block on, each block on a way of its own; what stood there before goes. */
    fill(first: number, { items, next }: Page) {
      const needed = Math.ceil(items.length / BLOCK)
      for (let at = 0; at < needed; at += 1) {
        const block: Block = { key: first + at, items: items.slice(at * BLOCK, (at + 1) * BLOCK) }
        this.setData({ [`blocks[${first + at}]`]: block })
      }
      // A path cannot take away: what is left over stays as an empty block.
      const emptied = this.data.blocks.slice(first + needed).map(({ key }) => [`blocks[${key}].items`, []])
      const count = (first === 0 ? 0 : this.data.count) + items.length
      this.setData({ ...Object.fromEntries(emptied), count, next })
    },
  },
})

/** From the beginning until `count` are there, or the list has ended. */
async function asFarAs(count: number, ask: Ask): Promise<Page> {
  const wanted = Math.max(PAGE, Math.ceil(count / PAGE) * PAGE)
  const page = await ask(undefined, Math.min(MOST, wanted))
  const items = [...page.items]
  let { next } = page
  while (next !== null && items.length < wanted) {
    const more = await ask(next, Math.min(MOST, wanted - items.length))
    items.push(...more.items)
    next = more.next
  }
  return { items, next }
}
