// One day's reconciliation, `?id=`: each bill that differs, to be looked into and settled with a note.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { noQuestion } from '../../components/ask/question'
import { call } from '../../services/call'
import { headOf, linesOf, settling } from './view'

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    head: null as ReturnType<typeof headOf> | null,
    lines: [] as ReturnType<typeof linesOf>,
    key: '',
    isAsking: false,
    question: noQuestion,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const day = await call('reconciliation.read', { id: this.data.id })
        this.setData({ version: day.version, head: headOf(day), lines: linesOf(day) })
        return true
      })
    },
    begin({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const line = this.data.lines[currentTarget.dataset.index]
      if (!line) return
      this.setData({ key: line.key, isAsking: true, question: settling(this.data.id, line.key, line.number) })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async settle({ detail }: WechatMiniprogram.CustomEvent<{ text: string }>) {
      const { id, version, key } = this.data
      const isDone = await this.send(() => call('reconciliation.settle', { id, version, key, note: detail.text }))
      if (!isDone) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
      void wx.showToast({ title: '已记下', icon: 'success' })
      await this.refresh()
    },
    openReward({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/enforcement/reward/index?id=${currentTarget.dataset.id}` })
    },
  },
})
