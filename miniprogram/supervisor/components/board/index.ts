// The board of supervisors and leaders: what is late first, then how the work goes, each number with its list.
import { loading } from '../../../behaviors/loading'
import type { Me, Output } from '../../../services/api'
import { call } from '../../../services/call'
import { momentText, today } from '../../../services/dates'
import { type ListFilter, openFilter } from '../../../services/filters'
import { currentRole } from '../../../services/hats'
import { start } from '../../../services/session'
import { shortUnit } from '../../services/numbers'
import { type Period, type PeriodCode, periodOf } from '../../services/period'
import { type Step, stepsFor } from '../trend/view'
import {
  type Consent,
  endedOf,
  type OpenBar,
  ratingsOf,
  speedOf,
  statesOf,
  type UnitLine,
  type UnitOrder,
  unitBars,
  unitLineOf,
  unitOrders,
  urgentOf,
  visitsOf,
  waitingOf,
  workOf,
} from './view'

/** Before the first answer. */
const nothingUnderWay = { said: '', parts: [], lines: [] }
const UNITS_SHOWN = 6
/** More that wait for one consent are not counted out. */
const CONSENTS_COUNTED = 100

const links = [
  { url: '/supervisor/rectifications/index', icon: 'dissatisfaction', word: '差评整改' },
  { url: '/supervisor/rejections/index', icon: 'close-circle', word: '否决事项备案' },
  { url: '/supervisor/indicators/index', icon: 'chart-bar', word: '41项指标任务' },
  { url: '/supervisor/guides/index', icon: 'browse', word: '指南管理' },
  { url: '/supervisor/comments/index', icon: 'chat', word: '指南的读者意见' },
  { url: '/supervisor/trail/index', icon: 'secured', word: '留痕核验' },
]
const officersLink = { url: '/supervisor/officers/index', icon: 'usergroup', word: '每个人手上的诉求' }
/** What became of tips and rewards; a leader sees nothing of them. */
const tipLinks = [
  { url: '/enforcement/tips/index?view=all', icon: 'notification', word: '举报' },
  { url: '/enforcement/tips/index?view=priority', icon: 'error-circle', word: '重点信访事项' },
  { url: '/enforcement/warnings/index', icon: 'city', word: '多次被举报的单位' },
  { url: '/enforcement/rewards/index?view=all', icon: 'task-checked', word: '举报奖励' },
  { url: '/enforcement/payout/index', icon: 'secured', word: '发放情况和开关' },
  { url: '/enforcement/money/index', icon: 'data', word: '资金台账' },
  { url: '/enforcement/reconciliations/index', icon: 'task-checked', word: '每日对账' },
  { url: '/enforcement/rules/index', icon: 'file-paste', word: '奖励标准' },
  { url: '/enforcement/looks/index', icon: 'user-visible', word: '谁看过举报人' },
]
/** A leader has no guides to keep, and people to look after. */
const leaderLinks = [officersLink, ...links.slice(0, 3)]

let latest = 0

async function consentOf(pending: 'extension' | 'decline', unitId: string | undefined): Promise<Consent> {
  const input = { scope: 'all', pending, unitId } as const
  const { items, next } = await call('case.list', { ...input, limit: CONSENTS_COUNTED })
  const filter: ListFilter = { verb: 'case.list', input: { scope: 'all', pending, ...(unitId && { unitId }) } }
  return { count: { value: items.length, filter }, isMore: next !== null }
}

Component({
  behaviors: [loading],
  data: {
    role: '',
    isLeader: false,
    unitNames: ['全市'] as string[],
    unitIds: [''] as string[],
    unitId: '',
    unitName: '全市',
    code: 'month' as PeriodCode,
    ...periodOf('month', today(), { from: '', to: '' }),
    by: 'week' as Step,
    points: [] as Output<'board.trend'>['items'],
    urgent: [] as object[],
    waiting: [] as object[],
    work: [] as object[],
    speed: [] as object[],
    states: nothingUnderWay as object,
    ended: [] as object[],
    ratings: [] as OpenBar[],
    visits: [] as object[],
    units: [] as UnitLine[],
    unitCount: 0,
    unitBars: [] as object[],
    orders: unitOrders,
    order: 'overdue' as UnitOrder,
    rejections: {} as object,
    countedAt: '',
    links,
    tipLinks: [] as typeof tipLinks,
  },
  methods: {
    /** Fetches what is shown anew; an answer that has been overtaken by a later question is dropped. */
    refresh(): Promise<void> {
      const asked = ++latest
      return this.load(async () => {
        // The page may be shown as it was the last time, before it is known who is here.
        this.follow(await start())
        const { from, to, by, isLeader } = this.data
        const unitId = this.data.unitId || undefined
        const period = { from, to }
        const [all, units, trend, extension, decline] = await Promise.all([
          call('board.overview', { ...period, unitId }),
          call('board.units', period),
          call('board.trend', { ...period, unitId, by }),
          consentOf('extension', unitId),
          consentOf('decline', unitId),
        ])
        if (asked !== latest) return true
        const lines = units.items.map(unitLineOf)
        this.setData({
          urgent: urgentOf(all),
          waiting: waitingOf(all, { extension, decline }, isLeader),
          work: workOf(all),
          speed: speedOf(all),
          states: statesOf(all),
          ended: endedOf(all),
          ratings: ratingsOf(all),
          visits: visitsOf(all),
          rejections: all.rejectionsThisYear,
          points: trend.items,
          units: lines,
          unitCount: lines.length,
          unitBars: unitBars(lines, this.data.order, UNITS_SHOWN),
          unitIds: ['', ...lines.map(({ id }) => id)],
          unitNames: ['全市', ...lines.map(({ name }) => name)],
          countedAt: momentText(all.countedAt),
        })
        return true
      })
    },
    /** A leader sees the branch; who has become another person in the meantime begins anew. */
    follow(me: Me) {
      const role = currentRole(me)
      if (role === this.data.role) return
      const isLeader = role === 'leader'
      const own = me.posts.find((post) => post.role === 'leader')?.unit
      this.setData({
        role,
        isLeader,
        unitId: isLeader ? (own?.id ?? '') : '',
        unitName: isLeader ? shortUnit(own?.name ?? '本分局') : '全市',
        links: isLeader ? leaderLinks : links,
        tipLinks: isLeader ? [] : tipLinks,
      })
    },
    choosePeriod(event: WechatMiniprogram.CustomEvent<Period & { code: PeriodCode }>) {
      const { code, from, to } = event.detail
      this.setData({ code, from, to, by: stepsFor({ from, to })[0] ?? 'month' })
      void this.refresh()
    },
    chooseStep(event: WechatMiniprogram.CustomEvent<{ by: Step }>) {
      this.setData({ by: event.detail.by })
      void this.refresh()
    },
    chooseUnit(event: WechatMiniprogram.PickerChange) {
      this.showUnit(Number(event.detail.value))
    },
    openUnit(event: WechatMiniprogram.CustomEvent<{ index: number }>) {
      const bar = this.data.unitBars[event.detail.index] as { key: string } | undefined
      this.showUnit(this.data.unitIds.indexOf(bar?.key ?? ''))
      void wx.pageScrollTo({ scrollTop: 0 })
    },
    showUnit(index: number) {
      const { unitIds, unitNames } = this.data
      this.setData({ unitId: unitIds[index] ?? '', unitName: unitNames[index] ?? '全市' })
      void this.refresh()
    },
    sortUnits(event: WechatMiniprogram.TouchEvent<{}, {}, { code: UnitOrder }>) {
      const { code } = event.currentTarget.dataset
      this.setData({ order: code, unitBars: unitBars(this.data.units, code, UNITS_SHOWN) })
    },
    openRating(event: WechatMiniprogram.CustomEvent<{ index: number }>) {
      const bar = this.data.ratings[event.detail.index]
      if (bar) openFilter(bar.filter, bar.title)
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { filter: ListFilter | null; title: string }>) {
      const { filter, title } = event.currentTarget.dataset
      if (filter) openFilter(filter, title)
    },
    openWeek() {
      const { unitId } = this.data
      openFilter({ verb: 'visit.due', input: unitId ? { unitId } : {} })
    },
    /** A page of figures for the same days and unit. */
    openPage(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      const { code, from, to, unitId } = this.data
      const { url } = event.currentTarget.dataset
      void wx.navigateTo({ url: `${url}?code=${code}&from=${from}&to=${to}&unitId=${unitId}` })
    },
  },
})
