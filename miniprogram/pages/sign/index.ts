// The firm signs for a service visit: how satisfied, a remark, a signature by hand. Kept as a draft, confirmed once.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Stroke } from '../../components/signature-pad/ink'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { type FieldErrors, fieldErrorsOf } from '../../services/fieldErrors'
import { newId } from '../../services/identifier'
import { start } from '../../services/session'
import { upload } from '../../services/upload'
import { missingIn, scores, type Signing, unsigned, viewOf } from './view'

interface Pad {
  toFile(): Promise<string>
}

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    enterpriseId: '',
    visit: {} as ReturnType<typeof viewOf>,
    scores: [] as ReturnType<typeof scores>,
    satisfaction: 0,
    /** What the field begins with. */
    remark: '',
    /** As the draft had them when the page opened: the pad keeps its own from there. */
    strokes: [] as Stroke[],
    faults: {} as FieldErrors,
  },
  methods: {
    onLoad({ id = '', enterpriseId = '' }: { id?: string; enterpriseId?: string }) {
      this.setData({ id, enterpriseId })
      const { satisfaction, remark, strokes } = this.draft().fields
      this.setData({ satisfaction, remark, strokes })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const { id, enterpriseId } = this.data
        this.setData({ visit: viewOf(await call('visit.read', { id }), enterpriseId), scores: scores() })
        return true
      })
    },
    form() {
      return `sign.${this.data.id}.${this.data.enterpriseId}`
    },
    draft(): Draft<Signing> {
      return readDraft(this.form(), unsigned)
    },
    /** Signed otherwise, it is another command under another key; the server takes only the first. */
    keep(changed: Partial<Signing>) {
      keepDraft(this.form(), { key: newId(), fields: { ...this.draft().fields, ...changed } })
    },
    chooseScore(event: WechatMiniprogram.TouchEvent<{}, {}, { score: number }>) {
      const { score: satisfaction } = event.currentTarget.dataset
      this.keep({ satisfaction })
      this.setData({ satisfaction, 'faults.satisfaction': '' })
    },
    typeRemark(event: WechatMiniprogram.TextareaInput) {
      this.keep({ remark: event.detail.value })
      this.setData({ 'faults.remark': '' })
    },
    drawn(event: WechatMiniprogram.CustomEvent<{ strokes: Stroke[] }>) {
      this.keep({ strokes: event.detail.strokes, fileId: '', fileKey: newId() })
      this.setData({ 'faults.signatureFileId': '' })
    },
    async confirm() {
      const faults = missingIn(this.draft().fields)
      this.setData({ faults })
      if (Object.keys(faults).length > 0) {
        void wx.pageScrollTo({ selector: faults['satisfaction'] ? '#satisfaction' : '#signature' })
        return
      }
      const isDone = await this.send(() => this.confirmOnce())
      if (!isDone || Object.keys(this.data.faults).length > 0) return
      dropDraft(this.form())
      void wx.showToast({ title: '已确认，谢谢您' })
      setTimeout(() => this.back(), 800)
    },
    async confirmOnce() {
      const { id, enterpriseId } = this.data
      try {
        const signatureFileId = await this.sendPicture()
        const { key, fields } = this.draft()
        const { satisfaction, remark } = fields
        const input = { id, enterpriseId, signatureFileId, satisfaction, remark: remark.trim() || undefined }
        await call('visit.confirm', input, { key })
      } catch (error) {
        const faults = fieldErrorsOf(error)
        // A picture that waited too long is no longer there: the same strokes make it anew.
        if (faults?.['signatureFileId']) this.keep({ fileId: '', fileKey: newId() })
        if (error instanceof Failure && error.status === 409) void this.refresh()
        if (!faults) throw error
        this.setData({ faults })
      }
    },
    /** The signature as a file of the server, sent once for the same strokes. */
    async sendPicture(): Promise<string> {
      const { fileId, fileKey } = this.draft().fields
      if (fileId) return fileId
      const pad = this.selectComponent('#pad') as unknown as Pad
      const { id } = await upload(await pad.toFile(), { key: fileKey })
      const draft = this.draft()
      keepDraft(this.form(), { ...draft, fields: { ...draft.fields, fileId: id } })
      return id
    },
    back() {
      // Opened from a message, there is no page behind.
      if (getCurrentPages().length > 1) void wx.navigateBack()
      else void wx.redirectTo({ url: `/pages/visit/index?id=${this.data.id}` })
    },
  },
})
