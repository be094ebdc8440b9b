// One command at a time: a second tap while the first is under way does nothing, and its failure is said.
import { Failure, sentenceOf } from '../services/failure'

export const sending = Behavior({
  data: { isSending: false },
  methods: {
    /** Runs `work`; true when it succeeded, false when it failed or another one is under way. */
    async send(work: () => Promise<unknown>): Promise<boolean> {
      if (this.data.isSending) return false
      this.setData({ isSending: true })
      try {
        await work()
        return true
      } catch (error) {
        if (!(error instanceof Failure)) console.error(error)
        const content = sentenceOf(error)
        void wx.showModal({ title: '没有成功', content, showCancel: false, confirmText: '知道了' })
        return false
      } finally {
        this.setData({ isSending: false })
      }
    },
  },
})
