// One project for the firm and for staff: where it stands, who looks after it, what holds it up, and its requests and visits.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { sentenceOf } from '../../services/failure'
import { openFilter } from '../../services/filters'
import { currentHat, type Hat } from '../../services/hats'
import { start } from '../../services/session'
import { actionsOf, caseLineOf, viewOf, visitRowOf } from './view'

/** Who offers a firm a visit. */
const hatsThatVisit: readonly Hat[] = ['officer', 'supervisor']

/** Who reads requests and visits at all; to others an empty list would say that there are none. */
const hatsOfSides: readonly Hat[] = ['enterprise', 'officer', 'supervisor']

/** How many requests and visits stand on the page itself. */
const FEW = 3

/** A list beside the project: its lines, or why there are none to see. */
interface Side<Line> {
  items: Line[]
  hasMore: boolean
  said: string
  isShown: boolean
}
const nothing = { items: [], hasMore: false, said: '', isShown: false }

async function sideOf<Item, Line>(
  asked: Promise<{ items: Item[]; next: string | null }>,
  lineOf: (item: Item) => Line,
): Promise<Side<Line>> {
  try {
    const { items, next } = await asked
    return { items: items.map(lineOf), hasMore: next !== null, said: '', isShown: true }
  } catch (error) {
    return { items: [], hasMore: false, said: sentenceOf(error), isShown: true }
  }
}

Component({
  behaviors: [page, loading],
  data: {
    id: '',
    isStaff: false,
    project: {} as ReturnType<typeof viewOf>,
    actions: [] as ReturnType<typeof actionsOf>,
    canSeeHistory: false,
    canPlan: false,
    isWhole: {} as Record<string, boolean>,
    cases: nothing as Side<ReturnType<typeof caseLineOf>>,
    visits: nothing as Side<ReturnType<typeof visitRowOf>>,
    /** Of the service sheet, in a word. */
    sheet: '',
    waitingBinds: '',
  },
  pageLifetimes: {
    show() {
      // After the officer's forms, and after a request for help was sent from here.
      if (this.data.state === 'ready') void this.refresh()
    },
  },
  methods: {
    onLoad({ id = '' }: { id?: string }) {
      this.setData({ id })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { id } = this.data
        const hat = currentHat(await start())
        const isStaff = hat !== 'enterprise'
        const project = await call('project.read', { id })
        this.setData({
          isStaff,
          project: viewOf(project),
          actions: actionsOf(project.can, isStaff),
          canPlan: hatsThatVisit.includes(hat) && project.isUnderCare && project.enterprise !== null,
          canSeeHistory: project.can.includes('project.history'),
        })
        void this.loadSheet()
        if (hatsOfSides.includes(hat)) void this.loadSides()
        return true
      })
    },
    async loadSides() {
      const { id: projectId, isStaff } = this.data
      const [cases, visits] = await Promise.all([
        sideOf(call('case.list', { projectId, limit: FEW }), caseLineOf),
        sideOf(call('visit.list', { projectId, limit: FEW }), (visit) => visitRowOf(visit, !isStaff)),
      ])
      this.setData({ cases, visits })
    },
    async loadSheet() {
      const { id, isStaff } = this.data
      const { sheet } = await call('project.sheet', { id }).catch(() => ({ sheet: null }))
      this.setData({ sheet: sheet ? `第${sheet.edition}版` : '还没有出具' })
      if (!isStaff) return
      const { items } = await call('project.binds', { projectId: id, state: ['pending'] }).catch(() => ({ items: [] }))
      this.setData({ waitingBinds: items.length === 0 ? '' : `${items.length}家等确认` })
    },
    openSheet() {
      void wx.navigateTo({ url: `/pages/sheet/index?id=${this.data.id}` })
    },
    openBinds() {
      void wx.navigateTo({ url: `/officer/binds/index?projectId=${this.data.id}` })
    },
    unfold(event: WechatMiniprogram.TouchEvent<{}, {}, { title: string }>) {
      const { title } = event.currentTarget.dataset
      this.setData({ isWhole: { ...this.data.isWhole, [title]: !this.data.isWhole[title] } })
    },
    act(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.navigateTo({ url: event.currentTarget.dataset.url + this.data.id })
    },
    openCase(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/case/index?id=${event.currentTarget.dataset.id}` })
    },
    openVisit(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/visit/index?id=${event.currentTarget.dataset.id}` })
    },
    openCases() {
      openFilter({ verb: 'case.list', input: { projectId: this.data.id } }, '这个项目的诉求')
    },
    openVisits() {
      openFilter({ verb: 'visit.list', input: { projectId: this.data.id } }, '这个项目的上门服务')
    },
    planVisit() {
      const { id, enterpriseId } = this.data.project
      void wx.navigateTo({ url: `/officer/plan/index?projectId=${id}&enterpriseId=${enterpriseId}` })
    },
    openHistory() {
      void wx.navigateTo({ url: `/pages/project-history/index?id=${this.data.id}` })
    },
  },
})
