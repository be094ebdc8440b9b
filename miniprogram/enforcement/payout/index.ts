// 发放情况: the switch that stops all payouts, the balance, and what was paid today.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { noQuestion } from '../../components/ask/question'
import { call } from '../../services/call'
import { resuming, shownOf, stopping } from './view'

Component({
  behaviors: [page, loading, sending],
  data: {
    shown: null as ReturnType<typeof shownOf> | null,
    isAsking: false,
    asks: 'stop' as 'stop' | 'resume',
    question: noQuestion,
  },
  methods: {
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.setData({ shown: shownOf(await call('payout.status', {})) })
        return true
      })
    },
    stop() {
      this.setData({ isAsking: true, asks: 'stop', question: stopping })
    },
    resume() {
      this.setData({ isAsking: true, asks: 'resume', question: resuming })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async hand({ detail }: WechatMiniprogram.CustomEvent<{ text: string }>) {
      const isStop = this.data.asks === 'stop'
      const { confirm } = await wx.showModal({
        title: isStop ? '确定停止发放？' : '确定恢复发放？',
        content: isStop ? '所有微信发放马上停止，会通知经办人、审批人和市局。' : '等着发放的马上开始发。',
        confirmText: isStop ? '停止' : '恢复',
        confirmColor: isStop ? '#b8232a' : '#08734a',
      })
      if (!confirm) return
      const reason = detail.text
      const isDone = await this.send(() =>
        isStop ? call('payout.stop', { reason }) : call('payout.resume', { reason }),
      )
      if (!isDone) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
      void wx.showToast({ title: isStop ? '已停止' : '已恢复', icon: 'none' })
      await this.refresh()
    },
    openUnfinished() {
      void wx.navigateTo({ url: '/enforcement/rewards/index?view=paying' })
    },
  },
})
