// A list that is fetched page by page as the person reaches its end; each page is added without sending the rest again.

export interface Page {
  items: object[]
  next: string | null
}

/** Of each list, what was asked for last. */
const newest = new WeakMap<object, Promise<Page>>()

export const paged = Behavior({
  data: { items: [] as object[], next: null as string | null, isFetching: false },
  methods: {
    /** The list anew, from its beginning. True when there is anything in it. */
    async firstPage(ask: (cursor: string | undefined) => Promise<Page>): Promise<boolean> {
      const asked = ask(undefined)
      newest.set(this, asked)
      const { items, next } = await asked
      const wanted = newest.get(this)
      // Another filter was chosen meanwhile: whoever asked for that shows it.
      if (wanted && wanted !== asked) return (await wanted).items.length > 0
      this.setData({ items, next })
      return items.length > 0
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
