// The receipt of a tip: number and code, large, this once; kept on the phone only if the person asks for it.
import type { Output } from '../../../services/api'
import { copyText } from '../../../services/clipboard'
import { dayText } from '../../../services/dates'
import { handOver, keepReceipt } from '../../services/receipts'

type Receipt = Output<'tip.submit'>

const LOST = '查询码记下了吗？离开以后就看不到了，谁也补不了。'

Component({
  properties: {
    receipt: { type: Object, value: {} as Receipt },
    isEarlier: { type: Boolean, value: false },
    typeScale: { type: Number, value: 1 },
  },
  data: { acceptBy: '', isKept: false },
  observers: {
    receipt({ acceptBy, isProvisional }: Receipt) {
      if (acceptBy) this.setData({ acceptBy: `${dayText(acceptBy)}${isProvisional ? '（暂定）' : ''}` })
    },
  },
  lifetimes: {
    attached() {
      wx.enableAlertBeforeUnload({ message: LOST })
    },
  },
  methods: {
    copy() {
      const { number, code } = this.data.receipt
      copyText(`编号 ${number} 查询码 ${code}`)
    },
    async keep() {
      const { confirm } = await wx.showModal({
        title: '记在这台手机上？',
        content: '用这台手机打开“查进度”的人都能看到这件举报。手机和别人合用的，请抄在纸上。',
        confirmText: '记下',
        cancelText: '不记',
      })
      if (!confirm) return
      keepReceipt(this.data.receipt)
      this.setData({ isKept: true })
      wx.disableAlertBeforeUnload({})
    },
    track() {
      const { number, code } = this.data.receipt
      handOver({ number, code })
      void wx.redirectTo({ url: '/tips/track/index' })
    },
    async leave() {
      const { confirm } = this.data.isKept
        ? { confirm: true }
        : await wx.showModal({ title: '要离开吗？', content: LOST, confirmText: '记下了', cancelText: '再看看' })
      if (confirm) void wx.switchTab({ url: '/pages/home/index' })
    },
  },
})
