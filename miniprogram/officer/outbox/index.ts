// The records of visits on this phone: what is still being written, what waits, what was sent, and what was refused why.
import { page } from '../../behaviors/page'
import type { EntryState } from '../../services/outbox'
import { outbox } from '../../services/phoneOutbox'
import { type EntryLine, entryLineOf } from '../record/view'

type Tap = WechatMiniprogram.TouchEvent<{}, {}, { id: string }>

const order: EntryState[] = ['refused', 'sending', 'queued', 'draft', 'sent']
/** How each stops listening to the outbox. */
const stops = new WeakMap<object, () => void>()
let onNetwork: WechatMiniprogram.OnNetworkStatusChangeCallback | undefined

Component({
  behaviors: [page],
  data: { lines: [] as EntryLine[], isOffline: false, canSend: false, state: 'loading' },
  lifetimes: {
    detached() {
      stops.get(this)?.()
      if (onNetwork) wx.offNetworkStatusChange(onNetwork as unknown as WechatMiniprogram.OffNetworkStatusChangeCallback)
    },
  },
  methods: {
    onLoad() {
      stops.set(
        this,
        outbox.onChange(() => this.show()),
      )
      onNetwork = ({ isConnected }) => this.setData({ isOffline: !isConnected })
      wx.onNetworkStatusChange(onNetwork)
    },
    onShow() {
      this.show()
      void outbox.sendAll()
      wx.getNetworkType({ success: ({ networkType }) => this.setData({ isOffline: networkType === 'none' }) })
    },
    show() {
      const lines = [...outbox.all()]
        .reverse()
        .map(entryLineOf)
        .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
      this.setData({
        lines,
        canSend: lines.some(({ canSend }) => canSend),
        state: lines.length > 0 ? 'ready' : 'empty',
      })
    },
    sendAll() {
      wx.getNetworkType({
        success: ({ networkType }) => {
          this.setData({ isOffline: networkType === 'none' })
          if (networkType === 'none') void wx.showToast({ title: '还没有网络，有网络时会自动发出', icon: 'none' })
        },
      })
      void outbox.sendAll()
    },
    edit({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/officer/record/index?id=${currentTarget.dataset.id}` })
    },
    open({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/pages/visit/index?id=${currentTarget.dataset.id}` })
    },
    renumber({ currentTarget }: Tap) {
      const id = outbox.renumber(currentTarget.dataset.id)
      if (id) void wx.navigateTo({ url: `/officer/record/index?id=${id}` })
    },
    async drop({ currentTarget }: Tap) {
      const { id } = currentTarget.dataset
      const isSent = outbox.read(id)?.state === 'sent'
      const { confirm } = await wx.showModal({
        title: isSent ? '从手机里去掉' : '删掉这份记录',
        content: isSent ? '市局已经收到，去掉后在“上门服务”里仍能看到。' : '写的内容和照片都会从手机里删掉，找不回来。',
        confirmText: isSent ? '去掉' : '删掉',
        cancelText: '留着',
      })
      if (confirm) outbox.remove(id)
    },
    record() {
      void wx.navigateTo({ url: '/officer/record/index' })
    },
  },
})
