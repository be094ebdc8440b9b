// The week's list: every project under care is offered a visit a week; what is not yet offered stands first.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { dayText } from '../../services/dates'
import { ownPosts } from '../../services/roster'
import { wordsOf } from '../../services/words'
import { dayIn, type WhichWeek, weekOf } from '../services/known'
import { byUrgency, type DueItem, type DueLine, dueLineOf } from '../services/week'

const PAGE = 20

const weeks = [
  { value: 'this', text: '本周' },
  { value: 'next', text: '下周' },
]

/** All lines of each page's week, of which it shows the first ones. */
const all = new WeakMap<object, DueLine[]>()

/** With how many there are of each; what there is none of is not offered. */
function chipsOf(items: DueItem[]) {
  const counted = wordsOf('weekStatuses').map(({ code, word }) => {
    const count = items.filter(({ status }) => status === code).length
    return { value: code, text: `${word} ${count}`, count }
  })
  return [{ value: '', text: `全部 ${items.length}` }, ...counted.filter(({ count }) => count > 0)]
}

Component({
  behaviors: [page, loading],
  data: {
    weeks,
    week: 'this' as WhichWeek,
    span: '',
    chips: [] as { value: string; text: string }[],
    status: '',
    lines: [] as DueLine[],
    hasMore: false,
  },
  methods: {
    onLoad({ week, status = '' }: Record<string, string | undefined>) {
      this.setData({ week: week === 'next' ? 'next' : 'this', status })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      const { lines } = this.data
      const found = all.get(this) ?? []
      const more = found.slice(lines.length, lines.length + PAGE)
      const added = Object.fromEntries(more.map((line, index) => [`lines[${lines.length + index}]`, line]))
      this.setData({ ...added, hasMore: found.length > lines.length + more.length })
    },
    refresh() {
      return this.load(async () => {
        const which = this.data.week
        const { items, week } = await weekOf(which)
        // The other week was chosen meanwhile, and is on its way.
        if (which !== this.data.week) return true
        const own = ownPosts().map(({ id }) => id)
        const isKnown = items.some(({ status }) => status === this.data.status)
        const status = isKnown ? this.data.status : ''
        const found = items
          .filter((item) => status === '' || item.status === status)
          .sort(byUrgency)
          .map((item) => dueLineOf(item, own, which === 'next' ? dayIn(which) : ''))
        all.set(this, found)
        this.setData({
          span: `${dayText(week.from)}到${dayText(week.to)}，${week.workdays}个工作日`,
          chips: items.length > 0 ? chipsOf(items) : [],
          status,
          lines: found.slice(0, PAGE),
          hasMore: found.length > PAGE,
        })
        return items.length > 0
      })
    },
    chooseWeek({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { value: WhichWeek }>) {
      const { value } = currentTarget.dataset
      if (value === this.data.week) return
      this.setData({ week: value, status: '', state: 'loading' })
      void this.refresh()
    },
    chooseStatus({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ status: detail.value })
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
