// One of the 41 tasks, word for word, with its figures and the evidence behind each. Takes `?no=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { openFilter } from '../../services/filters'
import { isGuides, type MetricView, metricOf, taskOf } from './view'

Component({
  behaviors: [page, loading],
  data: { no: 0, task: {} as object, metrics: [] as MetricView[] },
  methods: {
    onLoad({ no = '' }: Record<string, string | undefined>) {
      this.setData({ no: Number(no) })
      void wx.setNavigationBarTitle({ title: `第${no}项任务` })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const task = await call('indicator.read', { no: this.data.no })
        this.setData({ task: taskOf(task), metrics: task.metrics.map(metricOf) })
        return true
      })
    },
    open(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const metric = this.data.metrics[event.currentTarget.dataset.index]
      if (!metric?.filter) return
      if (isGuides(metric.filter)) void wx.switchTab({ url: '/pages/guides/index' })
      else openFilter(metric.filter, metric.name)
    },
  },
})
