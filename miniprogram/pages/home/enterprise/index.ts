// The home page of a firm: find a guide, what waits for it, its projects and officers, and the way to ask for help.
import type { Me, VisitItem } from '../../../services/api'
import { call } from '../../../services/call'
import { sentenceOf } from '../../../services/failure'
import { everydayWords, openSearch } from '../../../services/guideSearch'
import { hotGuides } from '../../../services/hotGuides'
import { currentMe, setMe, start } from '../../../services/session'
import { type FirmState, firmStateOf, type ProjectCard, projectOf, type Todo, todosOf } from './view'

const SHOWN_PROJECTS = 3
const SHOWN_TODOS = 20

type Tap<D extends WechatMiniprogram.IAnyObject> = WechatMiniprogram.TouchEvent<{}, {}, D>

/** The projects of the person's own firms: somebody who also works for the bureau sees no others here. */
async function ownProjects({ enterprises }: Me) {
  const own = enterprises.filter(({ state }) => state === 'verified')
  const pages = await Promise.all(
    own.map(({ enterprise }) => call('project.list', { enterpriseId: enterprise.id, limit: SHOWN_PROJECTS })),
  )
  const items = pages.flatMap(({ items: some }) => some)
  const hasMore = items.length > SHOWN_PROJECTS || pages.some(({ next }) => next !== null)
  return { projects: items.slice(0, SHOWN_PROJECTS).map(projectOf), hasMore }
}

async function visitsWaiting({ enterprises }: Me): Promise<VisitItem[]> {
  if (enterprises.every(({ state }) => state !== 'verified')) return []
  const [offered, held] = await Promise.all([
    call('visit.list', { states: ['offered', 'consented'], limit: SHOWN_TODOS }),
    call('visit.list', { awaitsConfirmation: true, limit: SHOWN_TODOS }),
  ])
  return [...held.items, ...offered.items]
}

/** Logs in where that has not been done, and else asks what has changed. */
async function meNow(): Promise<Me> {
  if (!currentMe()) return start()
  const me = await call('session.me', {})
  setMe(me)
  return me
}

/** Components that another hat has taken the place of: what comes for them late is not shown. */
const gone = new WeakSet<object>()

Component({
  lifetimes: {
    detached() {
      gone.add(this)
    },
  },
  properties: {
    typeScale: { type: Number, value: 1 },
  },
  data: {
    hotGuides,
    example: everydayWords[0] ?? '',
    firm: 'unknown' as FirmState,
    firmName: '',
    projects: [] as ProjectCard[],
    hasMore: false,
    todos: [] as Todo[],
    /** So many of them at first. */
    shown: 5,
    showsAll: false,
    /** Of what is the firm's own: the rest of the page needs no network. */
    state: 'loading' as 'loading' | 'ready' | 'failed',
    failure: '',
  },
  methods: {
    /** Fetches what is shown anew. */
    async refresh() {
      if (this.data.state === 'failed') this.setData({ state: 'loading' })
      try {
        const me = await meNow()
        const [{ projects, hasMore }, { items: cases }, visits] = await Promise.all([
          ownProjects(me),
          call('case.list', { scope: 'todo', limit: SHOWN_TODOS }),
          visitsWaiting(me),
        ])
        if (gone.has(this)) return
        const firmName = me.enterprises.find(({ state }) => state === 'pending')?.enterprise.name ?? ''
        const todos = todosOf({ cases, visits, unread: me.unread })
        this.setData({ state: 'ready', firm: firmStateOf(me), firmName, projects, hasMore, todos })
      } catch (error) {
        if (gone.has(this)) return
        // What was shown stays; the page itself is of use without it.
        const failure = sentenceOf(error)
        if (this.data.state === 'loading') this.setData({ state: 'failed', failure })
        else void wx.showToast({ title: failure, icon: 'none' })
      }
    },
    showAll() {
      this.setData({ showsAll: true })
    },
    search() {
      openSearch()
    },
    help() {
      void wx.navigateTo({ url: '/pages/help/index' })
    },
    firms() {
      void wx.navigateTo({ url: '/pages/firms/index' })
    },
    allProjects() {
      void wx.switchTab({ url: '/pages/projects/index' })
    },
    allGuides() {
      void wx.switchTab({ url: '/pages/guides/index' })
    },
    open(event: Tap<{ url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url })
    },
  },
})
