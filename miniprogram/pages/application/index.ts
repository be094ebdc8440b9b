// One application at the window, `?id=`: what is missing, the days, the decision. Staff go on from here to work on it.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { type ApplicationView, factsOf } from '../../services/applicationWords'
import { call } from '../../services/call'
import { newId } from '../../services/identifier'
import { start } from '../../services/session'

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    facts: null as ReturnType<typeof factsOf> | null,
    isStaff: false,
    canWithdraw: false,
  },
  pageLifetimes: {
    show() {
      if (this.data.id) void this.refresh()
    },
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        this.take(await call('application.read', { id: this.data.id }))
        return true
      })
    },
    take(view: ApplicationView) {
      // Only staff are shown what is proposed.
      const isStaff = view.pendingRefusal !== undefined
      this.setData({
        facts: factsOf(view, isStaff),
        version: view.version,
        isStaff,
        canWithdraw: !isStaff && view.can.includes('application.withdraw'),
      })
    },
    handle() {
      void wx.navigateTo({ url: `/officer/application/index?id=${this.data.id}` })
    },
    async withdraw() {
      const { confirm } = await wx.showModal({
        title: '撤回申请',
        content: '撤回后这个办件就结束了，要办得重新递交。',
        confirmText: '撤回',
      })
      if (!confirm) return
      const { id, version } = this.data
      const isDone = await this.send(async () =>
        this.take(await call('application.withdraw', { id, version }, { key: newId() })),
      )
      if (isDone) void wx.showToast({ title: '已撤回', icon: 'success' })
      else void this.refresh()
    },
  },
})
