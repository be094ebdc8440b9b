// Firms that ask to be bound to one's projects by the code on the service sheet: yes, or no with a reason.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'

type Bind = ItemOf<'project.binds'>

/** Where whoever asked stands in the firm: what the officer should know before saying yes. */
const standings: Record<NonNullable<Bind['membership']>, string> = {
  verified: '',
  pending: '申请人还没有核实为这家企业的人',
  refused: '申请人没有通过这家企业的核实',
  left: '申请人已经退出这家企业',
}

/** A name that only the asker gave proves nothing, however alike. */
const nameTag = ({ enterprise, project, isNameConfirmed }: Bind): { text: string; tone: string } => {
  if (enterprise.name !== project.builderName) return { text: '名称不一致', tone: 'warn' }
  return isNameConfirmed ? { text: '名称一致', tone: 'good' } : { text: '名称由申请人填写，待核实', tone: 'warn' }
}

const lineOf = (bind: Bind) => ({
  id: bind.id,
  version: bind.version,
  firm: bind.enterprise.name,
  code: bind.enterprise.creditCode,
  project: bind.project.name,
  builder: bind.project.builderName,
  nameTag: nameTag(bind),
  asked: `${bind.person ?? '还没有写姓名'} · ${dayText(bind.askedAt)}申请`,
  standing: bind.membership === null ? '申请人已经注销' : standings[bind.membership],
  canConfirm: bind.can.includes('project.confirmBind'),
  canRefuse: bind.can.includes('project.refuseBind'),
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
