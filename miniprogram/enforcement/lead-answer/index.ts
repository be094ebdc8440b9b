// What the branch found on site, `?id=`: the result, in words, what was measured, and at least one photo.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { FileView, Input } from '../../services/api'
import { call } from '../../services/call'
import { choicesOf } from '../../services/choices'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { newId } from '../../services/identifier'
import { start } from '../../services/session'
import { factsOf } from '../services/leadWords'

interface AnswerFields {
  outcome: '' | Input<'lead.answer'>['outcome']
  text: string
  measured: string
  files: FileView[]
}
const noFields: AnswerFields = { outcome: '', text: '', measured: '', files: [] }

/** The lead moved on meanwhile: what was written stays, the lead is shown as it is now. */
const MOVED_ON = ['stale', 'wrongState', 'keyReused']

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'outcome' | 'text' | 'measured' }>

const missing = ({ outcome, text, files }: AnswerFields): Record<string, string> => ({
  ...(outcome === '' ? { outcome: '请选核查结果' } : {}),
  ...(text.trim() === '' ? { text: '请写明核查情况' } : {}),
  ...(files.some(({ kind }) => kind === 'image') ? {} : { fileIds: '请至少附一张现场照片' }),
})

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    version: 0,
    facts: null as ReturnType<typeof factsOf> | null,
    outcomes: [] as { value: string; label: string }[],
    fields: noFields,
    isUploading: false,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
      this.setData({ fields: this.draft().fields })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const view = await call('lead.read', { id: this.data.id })
        this.setData({ version: view.version, facts: factsOf(view), outcomes: choicesOf('leadOutcomes') })
        return true
      })
    },
    formName(): string {
      return `lead.answer.${this.data.id}`
    },
    draft(): Draft<AnswerFields> {
      return readDraft(this.formName(), noFields)
    },
    change(change: Partial<AnswerFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(this.formName(), { ...draft, fields })
      this.setData({ fields })
    },
    type({ detail, currentTarget }: Typed) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '', wrong: '' })
      this.change({ [name]: detail.value })
    },
    takeFiles({ detail }: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean }>) {
      this.setData({ isUploading: detail.isBusy, 'errors.fileIds': '', wrong: '' })
      this.change({ files: detail.files })
    },
    async hand() {
      const { id, version, isUploading } = this.data
      if (isUploading) {
        void wx.showToast({ title: '照片还在上传，请稍等', icon: 'none' })
        return
      }
      const { key, fields } = this.draft()
      const errors = missing(fields)
      if (fields.outcome === '' || Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没填好的，请看红字' })
        return
      }
      const { outcome, text, measured, files } = fields
      const input = {
        id,
        version,
        outcome,
        text,
        ...(measured.trim() ? { measured } : {}),
        fileIds: files.map((file) => file.id),
      }
      const isDone = await this.submit(() => this.command(input, key))
      if (!isDone) return
      dropDraft(this.formName())
      void wx.showToast({ title: '已反馈', icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
    async command(input: Input<'lead.answer'>, key: string) {
      try {
        await call('lead.answer', input, { key })
      } catch (error) {
        if (error instanceof Failure && MOVED_ON.includes(error.type)) {
          // A new key: what is sent next is another attempt, on the lead as it is now.
          keepDraft(this.formName(), { ...this.draft(), key: newId() })
          await this.refresh()
        }
        throw error
      }
    },
  },
})
