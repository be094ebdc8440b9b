// Firms that ask to be bound to one's projects by the code on the service sheet: yes, or no with a reason.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'

type Bind = ItemOf<'project.binds'>

const lineOf = ({ id, version, project, enterprise, person, askedAt, can }: Bind) => ({
  id,
  version,
  firm: enterprise.name,
  code: enterprise.creditCode,
  project: project.name,
  builder: project.builderName,
  isAlike: enterprise.name === project.builderName,
  asked: `${person ?? '还没有写姓名'} · ${dayText(askedAt)}申请`,
  canDecide: can.includes('project.confirmBind'),
})

Component({
  behaviors: [listing, sending],
  data: { projectId: '' },
  methods: {
    onLoad({ projectId = '' }: { projectId?: string }) {
      this.setData({ projectId })
    },
    async ask(cursor: string | undefined, limit: number) {
      const projectId = this.data.projectId || undefined
      const { items, next } = await call('project.binds', { projectId, state: ['pending'], cursor, limit })
      return { items: items.map(lineOf), next }
    },
    lineAt(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      return this.data.items[event.currentTarget.dataset.index] as ReturnType<typeof lineOf> | undefined
    },
    async confirm(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const line = this.lineAt(event)
      if (!line) return
      const content = `${line.firm}就是《${line.project}》的建设单位吗？确认后，这家企业能看到项目的全部进度。`
      const { confirm } = await wx.showModal({
        title: '确认绑定',
        content,
        confirmText: '是，确认',
        cancelText: '再看看',
      })
      if (!confirm) return
      const isDone = await this.send(() => call('project.confirmBind', { id: line.id, version: line.version }))
      if (isDone) void wx.showToast({ title: '已绑定', icon: 'success' })
      await this.refresh()
    },
    async refuse(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const line = this.lineAt(event)
      if (!line) return
      const { confirm, content } = await wx.showModal({
        title: '不同意绑定',
        editable: true,
        placeholderText: '写明原因，企业会看到',
        confirmText: '不同意',
      })
      if (!confirm) return
      const reason = content.trim()
      if (!reason) return void wx.showToast({ title: '请写明原因', icon: 'none' })
      const isDone = await this.send(() => call('project.refuseBind', { id: line.id, version: line.version, reason }))
      if (isDone) void wx.showToast({ title: '已告诉企业', icon: 'success' })
      await this.refresh()
    },
  },
})
