// One service visit, whole: the firm agrees, declines and confirms here; officials follow it, record it or call it off.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { VisitView } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { currentHat } from '../../services/hats'
import { newId } from '../../services/identifier'
import { start } from '../../services/session'
import { type DeclineWay, declineWays, viewOf, waitingFirms } from './view'

interface Answer {
  how: DeclineWay
  reason: string
  /** Why officials call it off. */
  cancelReason: string
}
const noAnswer: Answer = { how: 'onlyThisOne', reason: '', cancelReason: '' }

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    visit: {} as ReturnType<typeof viewOf>,
    can: {} as Record<'consent' | 'decline' | 'record' | 'confirm' | 'cancel', boolean>,
    hasActions: false,
    isFirm: true,
    ways: declineWays,
    draft: { key: '', fields: noAnswer } as Draft<Answer>,
    sheet: 'decline' as 'decline' | 'cancel',
    isSheetOpen: false,
    cancelFault: '',
    /** What the fields begin with: what is typed is not sent back into them. */
    begin: noAnswer,
  },
  pageLifetimes: {
    show() {
      // The links of photos last ten minutes, and the other side may have answered.
      if (this.data.state === 'ready') void this.refresh()
    },
  },
  methods: {
    onLoad({ id = '' }: { id?: string }) {
      this.setData({ id, draft: readDraft(`visit.${id}`, noAnswer) })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const isFirm = currentHat(await start()) === 'enterprise'
        this.setData({ isFirm })
        this.show(await call('visit.read', { id: this.data.id }))
        return true
      })
    },
    show(visit: VisitView) {
      const { isFirm } = this.data
      const may = (verb: string) => visit.can.includes(`visit.${verb}`)
      const can = {
        consent: isFirm && may('consent'),
        decline: isFirm && may('decline'),
        confirm: isFirm && may('confirm'),
        record: !isFirm && may('record'),
        cancel: !isFirm && may('cancel'),
      }
      this.setData({
        version: visit.version,
        visit: viewOf(visit, isFirm),
        can,
        hasActions: Object.values(can).some(Boolean),
      })
    },
    /** Sends the firm's answer or the officials' word; where somebody was faster, shows what it is now. */
    async answer(work: () => Promise<VisitView>, said: string): Promise<void> {
      const isDone = await this.send(async () => {
        try {
          this.show(await work())
        } catch (error) {
          if (error instanceof Failure && error.status === 409) void this.refresh()
          throw error
        }
      })
      if (!isDone) return
      dropDraft(`visit.${this.data.id}`)
      this.setData({ isSheetOpen: false, draft: readDraft(`visit.${this.data.id}`, noAnswer) })
      void wx.showToast({ title: said, icon: 'none' })
    },
    consent() {
      const { id, version } = this.data
      return this.answer(() => call('visit.consent', { id, version }), '好的，到时候见')
    },
    decline() {
      const { id, version, draft } = this.data
      const { how, reason } = draft.fields
      const input = { id, version, how, reason: reason.trim() || undefined }
      return this.answer(() => call('visit.decline', input, { key: draft.key }), '好的，不影响您的任何办件')
    },
    cancel() {
      const { id, version, draft } = this.data
      const reason = draft.fields.cancelReason.trim()
      if (!reason) return this.setData({ cancelFault: '请写一句原因，企业会看到' })
      return this.answer(() => call('visit.cancel', { id, version, reason }, { key: draft.key }), '已取消，已告诉企业')
    },
    openSheet(event: WechatMiniprogram.TouchEvent<{}, {}, { sheet: 'decline' | 'cancel' }>) {
      this.setData({
        sheet: event.currentTarget.dataset.sheet,
        isSheetOpen: true,
        cancelFault: '',
        begin: this.data.draft.fields,
      })
    },
    closeSheet() {
      this.setData({ isSheetOpen: false })
    },
    sheetChange(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.closeSheet()
    },
    /** What is said otherwise is another command: it goes under a key of its own. */
    keep(changed: Partial<Answer>) {
      const draft = { key: newId(), fields: { ...this.data.draft.fields, ...changed } }
      keepDraft(`visit.${this.data.id}`, draft)
      this.setData({ draft })
    },
    chooseWay(event: WechatMiniprogram.TouchEvent<{}, {}, { code: DeclineWay }>) {
      this.keep({ how: event.currentTarget.dataset.code })
    },
    typeReason(event: WechatMiniprogram.TextareaInput) {
      this.keep({ reason: event.detail.value })
    },
    typeCancel(event: WechatMiniprogram.TextareaInput) {
      this.setData({ cancelFault: '' })
      this.keep({ cancelReason: event.detail.value })
    },
    async sign() {
      const waiting = waitingFirms(this.data.visit)
      const index = waiting.length < 2 ? 0 : await this.whichFirm(waiting.map(({ name }) => name))
      const firm = waiting[index]
      if (!firm) return
      void wx.navigateTo({ url: `/pages/sign/index?id=${this.data.id}&enterpriseId=${firm.id}` })
    },
    async whichFirm(itemList: string[]): Promise<number> {
      try {
        return (await wx.showActionSheet({ alertText: '代表哪家企业确认', itemList })).tapIndex
      } catch {
        return -1
      }
    },
    record() {
      void wx.navigateTo({ url: `/officer/record/index?visitId=${this.data.id}` })
    },
    openProject() {
      const { project } = this.data.visit
      if (project) void wx.navigateTo({ url: `/pages/project/index?id=${project.id}` })
    },
    openCase(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      if (id) void wx.navigateTo({ url: `/pages/case/index?id=${id}` })
    },
    showPhoto(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.previewImage({ urls: this.data.visit.photos, current: event.currentTarget.dataset.url })
    },
    showSignature(event: WechatMiniprogram.TouchEvent<{}, {}, { url: string }>) {
      void wx.previewImage({ urls: [event.currentTarget.dataset.url] })
    },
  },
})
