// A project's service sheet: what it says, its PDF, its receipt; staff issue it and hand out its code.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { FileView, Output } from '../../services/api'
import { call } from '../../services/call'
import { copyText } from '../../services/clipboard'
import { dayText } from '../../services/dates'
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { openFile } from '../../services/files'
import { newId } from '../../services/identifier'
import { dial } from '../../services/phone'
import { start } from '../../services/session'
import { viewOf } from './view'

interface Issuing {
  note: string
  withPackage: boolean
}
const notIssued: Issuing = { note: '', withPackage: true }

const editionLine = ({ edition, issuedOn, isReceived }: Output<'project.sheet'>['editions'][number]) => ({
  edition,
  said: `第${edition}版 · ${dayText(issuedOn)} · ${isReceived ? '已确认收到' : '未确认'}`,
})

let file: FileView | null = null

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    edition: 0,
    sheet: {} as ReturnType<typeof viewOf>,
    editions: [] as ReturnType<typeof editionLine>[],
    canIssue: false,
    canReceive: false,
    canRevoke: false,
    isIssuing: false,
    beginNote: '',
    withPackage: true,
  },
  methods: {
    onLoad({ id = '', edition = '0' }: { id?: string; edition?: string }) {
      this.setData({ id, edition: Number(edition) })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const { id, edition } = this.data
        const { sheet, editions, can } = await call('project.sheet', { id, edition: edition || undefined })
        const isNewest = sheet?.isCurrent ?? true
        file = sheet?.file ?? null
        this.setData({
          canIssue: isNewest && can.includes('project.issueSheet'),
          canReceive: isNewest && can.includes('project.receiveSheet'),
          canRevoke: isNewest && can.includes('project.revokeCode'),
          editions: editions.map(editionLine),
        })
        if (!sheet) return false
        this.setData({ sheet: viewOf(sheet) })
        return true
      })
    },
    async openPdf() {
      if (file && (await openFile(file))) return
      // Its link is good for ten minutes: a new one is on its way.
      await this.refresh()
      if (!file || !(await openFile(file))) void wx.showToast({ title: '没有打开，请再试一次', icon: 'none' })
    },
    copyCode() {
      copyText(this.data.sheet.code?.text ?? '')
    },
    call(event: WechatMiniprogram.TouchEvent<{}, {}, { phone: string }>) {
      dial(event.currentTarget.dataset.phone)
    },
    async receive() {
      const { id, sheet } = this.data
      const isDone = await this.send(() => call('project.receiveSheet', { id, edition: sheet.edition }))
      await this.refresh()
      if (isDone) void wx.showToast({ title: '已确认', icon: 'success' })
    },
    async revoke() {
      const content = '单子丢了、给错了人，就作废编码。已经绑定的不受影响；要再绑定，请再出具一版。'
      const { confirm } = await wx.showModal({ title: '作废绑定编码？', content, confirmText: '作废' })
      if (!confirm) return
      await this.send(() => call('project.revokeCode', { id: this.data.id }))
      await this.refresh()
    },
    form() {
      return `sheet.${this.data.id}`
    },
    openIssue() {
      const { fields } = readDraft(this.form(), notIssued)
      this.setData({ isIssuing: true, beginNote: fields.note, withPackage: fields.withPackage })
    },
    visibleChange(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      this.setData({ isIssuing: event.detail.visible })
    },
    keep(changed: Partial<Issuing>) {
      const { fields } = readDraft(this.form(), notIssued)
      keepDraft(this.form(), { key: newId(), fields: { ...fields, ...changed } })
    },
    typeNote(event: WechatMiniprogram.TextareaInput) {
      this.keep({ note: event.detail.value })
    },
    togglePackage() {
      const withPackage = !this.data.withPackage
      this.keep({ withPackage })
      this.setData({ withPackage })
    },
    async issue() {
      const { key, fields } = readDraft(this.form(), notIssued)
      const note = fields.note.trim() || undefined
      const { id } = this.data
      const isDone = await this.send(() =>
        call('project.issueSheet', { id, note, withPackage: fields.withPackage }, { key }),
      )
      if (!isDone) return
      dropDraft(this.form())
      this.setData({ isIssuing: false, edition: 0 })
      await this.refresh()
      void wx.showToast({ title: '已出具', icon: 'success' })
    },
    openEdition(event: WechatMiniprogram.TouchEvent<{}, {}, { edition: number }>) {
      this.setData({ edition: event.currentTarget.dataset.edition, state: 'loading' })
      void this.refresh()
      void wx.pageScrollTo({ scrollTop: 0 })
    },
    openNewest() {
      this.setData({ edition: 0, state: 'loading' })
      void this.refresh()
    },
  },
})
