// One project for the firm and for staff: where it stands, who looks after it, what holds it up, and its requests and visits.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { Failure, sentenceOf } from '../../services/failure'
import { openFilter } from '../../services/filters'
import { currentHat, type Hat } from '../../services/hats'
import { start } from '../../services/session'
import { actionsOf, caseLineOf, viewOf, visitRowOf } from './view'

/** Who offers a firm a visit. */
const hatsThatVisit: readonly Hat[] = ['officer', 'supervisor']

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
    // Not everybody who keeps the ledger may read requests.
    const isClosed = error instanceof Failure && error.status === 403
    return { items: [], hasMore: false, said: sentenceOf(error), isShown: !isClosed }
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
        void this.loadSides()
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
