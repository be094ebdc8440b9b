// A list that is fetched page by page as the person reaches its end; each page is added without sending the rest again.

export interface Page {
  items: object[]
  next: string | null
}

/** Of what a list shows: some 15 KB of cases on their way to the page. */
const AT_ONCE = 20

/** Of each list, what was asked for last. */
const newest = new WeakMap<object, Promise<Page>>()

export const paged = Behavior({
  data: { items: [] as object[], next: null as string | null, isFetching: false },
  methods: {
    /**
     * The list anew, from its beginning and as far as it was fetched before: who comes back to it finds the place again.
     * True when there is anything in it.
     */
    async firstPage(ask: (cursor: string | undefined) => Promise<Page>): Promise<boolean> {
      const asked = asFarAs(this.data.items.length, ask)
      newest.set(this, asked)
      const { items, next } = await asked
      const wanted = newest.get(this)
      // Another filter was chosen meanwhile: whoever asked for that shows it.
      if (wanted && wanted !== asked) return (await wanted).items.length > 0
      this.showFromBeginning(items)
      this.setData({ next })
      return items.length > 0
    },
    /** Some at a time, over what is there: all at once they could be more than WeChat carries lightly. */
    showFromBeginning(items: object[]) {
      // A path cannot take away: a list that has become shorter is begun anew.
      if (items.length < this.data.items.length) this.setData({ items: items.slice(0, AT_ONCE) })
      for (let from = 0; from === 0 || from < items.length; from += AT_ONCE) {
        const some = items.slice(from, from + AT_ONCE).map((item, index) => [`items[${from + index}]`, item] as const)
        this.setData(Object.fromEntries(some))
      }
    },
    async nextPage(ask: (cursor: string | undefined) => Promise<Page>): Promise<void> {
      const { next, isFetching } = this.data
      if (next === null || isFetching) return
      this.setData({ isFetching: true })
      try {
        const page = await ask(next)
        const from = this.data.items.length
        // The list was begun anew meanwhile: this page belongs to the old one.
        if (this.data.next !== next) return
        const added = Object.fromEntries(page.items.map((item, index) => [`items[${from + index}]`, item]))
        this.setData({ ...added, next: page.next })
      } catch {
        void wx.showToast({ title: '后面的没有取到，请再往下拉', icon: 'none' })
      } finally {
        this.setData({ isFetching: false })
      }
    },
  },
})

/** From the beginning until `count` are there, or the list has ended. */
async function asFarAs(count: number, ask: (cursor: string | undefined) => Promise<Page>): Promise<Page> {
  const page = await ask(undefined)
  const items = [...page.items]
  let { next } = page
  while (next !== null && items.length < count) {
    const more = await ask(next)
    items.push(...more.items)
    next = more.next
  }
  return { items, next }
}
