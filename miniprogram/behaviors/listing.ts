// What every page with a list does: fetched when shown, pulled down and scrolled to its end. The page says what it asks for.
import { readFilter } from '../services/filters'
import { loading } from './loading'
import { page } from './page'
import { type Page, paged } from './paged'

const PAGE = 20
/** As many as the server gives at once. */
const MOST = 100
const TYPING_MS = 400

/** What the page itself has to say. */
interface Asking {
  /** One page of the list, beginning at `cursor`, as it is asked for at this moment. */
  ask(cursor: string | undefined, limit: number): Promise<Page>
}
/** Of each page, the search that waits for the end of typing. */
const typing = new WeakMap<object, ReturnType<typeof setTimeout>>()

export const listing = Behavior({
  behaviors: [page, loading, paged],
  pageLifetimes: {
    /** Also on every return: something may have been done in the page that was opened from here. */
    show() {
      void this.refresh()
    },
  },
  methods: {
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => (this as unknown as Asking).ask(cursor, PAGE))
    },
    /** For `onLoad`: the filter that the page was opened with; its title is put above the page. */
    openedWith(query: Record<string, string | undefined>): Record<string, unknown> {
      const { title, filter } = readFilter(query)
      if (title) void wx.setNavigationBarTitle({ title })
      return filter
    },
    refresh(): Promise<void> {
      return this.load(() => this.fetch())
    },
    /** The list from its beginning; true when there is anything in it. A page that needs more first has its own. */
    fetch(): Promise<boolean> {
      return this.fromBeginning()
    },
    /** Whoever comes back from one of the later pages finds them again. */
    fromBeginning(): Promise<boolean> {
      const limit = Math.min(MOST, Math.max(PAGE, this.data.items.length))
      return this.firstPage((cursor) => (this as unknown as Asking).ask(cursor, limit))
    },
    /** Another list is wanted, by what `change` says. */
    anew(change: object): Promise<void> {
      clearTimeout(typing.get(this) ?? 0)
      this.setData({ ...change, state: 'loading', items: [], next: null })
      return this.refresh()
    },
    /** The same, once no more is typed. */
    anewAfterTyping(change: object) {
      clearTimeout(typing.get(this) ?? 0)
      this.setData(change)
      typing.set(
        this,
        setTimeout(() => void this.anew({}), TYPING_MS),
      )
    },
  },
})
