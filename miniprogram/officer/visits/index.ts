// The week's list: every project under care is offered a visit a week; what is not yet offered stands out.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { call } from '../../services/call'
import { dayText, today } from '../../services/dates'
import { wordsOf } from '../../services/words'
import { ownPosts } from '../services/known'
import { type DueItem, type DueLine, dueLineOf } from '../services/week'

const WEEK_MS = 7 * 86_400_000

const weeks = [
  { value: 'this', text: '本周' },
  { value: 'next', text: '下周' },
]
const ALL = { value: '', text: '全部' }

Component({
  behaviors: [page, loading, paged],
  data: { weeks, week: 'this', statuses: [ALL], status: '', span: '' },
  methods: {
    onLoad({ week = 'this', status = '' }: Record<string, string | undefined>) {
      const statuses = [ALL, ...wordsOf('weekStatuses').map(({ code, word }) => ({ value: code, text: word }))]
      this.setData({ week, status, statuses })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    async ask(cursor?: string): Promise<{ items: DueLine[]; next: string | null }> {
      const day = this.day()
      const status = (this.data.status || undefined) as DueItem['status'] | undefined
      const { items, next, week } = await call('visit.due', { week: day, status, cursor, limit: 20 })
      // Another filter was chosen meanwhile: this is the answer to what nobody asks any more.
      if (day !== this.day() || (status ?? '') !== this.data.status) return this.ask()
      const span = `${dayText(week.from)}到${dayText(week.to)}，${week.workdays}个工作日`
      if (span !== this.data.span) this.setData({ span })
      const own = ownPosts().map(({ id }) => id)
      const planned = this.data.week === 'next' ? day : ''
      return { items: items.map((item) => dueLineOf(item, own, planned)), next }
    },
    day(): string {
      return this.data.week === 'next' ? today(Date.now() + WEEK_MS) : today()
    },
    chooseWeek({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ week: detail.value, state: 'loading' })
      void this.refresh()
    },
    chooseStatus({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ status: detail.value, state: 'loading' })
      void this.refresh()
    },
    record() {
      void wx.navigateTo({ url: '/officer/record/index' })
    },
    openAll() {
      void wx.navigateTo({ url: '/pages/visits/index' })
    },
  },
})
