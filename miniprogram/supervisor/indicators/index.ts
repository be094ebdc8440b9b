// The 41 tasks of the table, each with what the software has counted for it.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { momentText } from '../../services/dates'
import { type Area, areasOf, type ViewCode, views } from './view'

/** Too much to be sent to the page as it comes: it is shown as lines. */
let tasks: ItemOf<'indicator.list'>[] = []

Component({
  behaviors: [page, loading],
  data: { views, view: 'all' as ViewCode, q: '', areas: [] as Area[], title: '', year: 0, when: '' },
  methods: {
    onLoad() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { items, table, year, countedAt } = await call('indicator.list', {})
        tasks = items
        this.setData({ title: table.title, year, when: momentText(countedAt) })
        this.show()
        return items.length > 0
      })
    },
    show() {
      const { view, q } = this.data
      this.setData({ areas: areasOf(tasks, view, q.trim()) })
    },
    type(event: WechatMiniprogram.Input) {
      this.setData({ q: event.detail.value })
      this.show()
    },
    clear() {
      this.setData({ q: '' })
      this.show()
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: ViewCode }>) {
      this.setData({ view: event.detail.value })
      this.show()
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { no: number }>) {
      void wx.navigateTo({ url: `/supervisor/indicator/index?no=${event.currentTarget.dataset.no}` })
    },
  },
})
