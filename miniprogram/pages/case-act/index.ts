// What an enterprise says on its case, `?id=…&verb=…`: supply, urge, withdraw, rate, reopen. Kept as it is typed.
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { FileView, Input } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { type FieldErrors, fieldErrorsOf } from '../../services/fieldErrors'
import { goesWithout, keepPicked } from '../../services/picking'
import { haveWords, wordFor } from '../../services/words'
import {
  type Act,
  acts,
  emptyFields,
  type EnterpriseVerb,
  type Fields,
  inputOf,
  isEnterpriseVerb,
  scores,
} from './acts'

const BACK_AFTER_MS = 900

Component({
  behaviors: [page, sending],
  data: {
    id: '',
    verb: 'case.supply' as EnterpriseVerb,
    act: null as Act | null,
    form: '',
    draft: { key: '', fields: emptyFields } as Draft<Fields>,
    beginText: '',
    levels: [] as { score: number; word: string }[],
    errors: {} as FieldErrors,
    isBusy: false,
    isIncomplete: false,
    /** Tapped while files are still on their way: it goes when they have arrived. */
    isQueued: false,
    isDone: false,
  },
  methods: {
    onLoad({ id = '', verb = '' }: Record<string, string | undefined>) {
      if (!isEnterpriseVerb(verb)) return
      const form = `${verb}.${id}`
      const draft = readDraft(form, emptyFields)
      const act = acts[verb]
      this.setData({
        id,
        verb,
        act,
        form,
        draft,
        beginText: draft.fields.text,
      })
      void wx.setNavigationBarTitle({ title: act.title })
      if (act.rates) void this.nameLevels()
    },
    async nameLevels() {
      await haveWords().catch(() => undefined)
      this.setData({ levels: scores.map((score) => ({ score, word: wordFor('ratings', score) })) })
    },
    put(change: Partial<Fields>) {
      const draft = { ...this.data.draft, fields: { ...this.data.draft.fields, ...change } }
      this.setData({ draft, errors: {} })
      keepDraft(this.data.form, draft)
    },
    onText(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.put({ text: event.detail.value })
    },
    onScore(event: WechatMiniprogram.TouchEvent<{}, {}, { score: number }>) {
      this.put({ score: event.currentTarget.dataset.score })
    },
    onFiles(event: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean; isIncomplete: boolean }>) {
      this.put({ files: event.detail.files })
      const { isBusy, isIncomplete } = event.detail
      const goes = this.data.isQueued && !isBusy
      this.setData({ isBusy, isIncomplete, isQueued: this.data.isQueued && isBusy })
      if (goes) void this.submit()
    },
    async submit() {
      const { act, draft, isBusy, isDone } = this.data
      if (!act || isDone) return
      if (act.rates && draft.fields.score === 0) {
        this.setData({ errors: { score: '请先选一项' } })
        return
      }
      if (!act.mayBeEmpty && draft.fields.text.trim() === '') {
        this.setData({ errors: { text: '请写几句' } })
        return
      }
      if (isBusy) {
        this.setData({ isQueued: true })
        return
      }
      if (this.data.isIncomplete && !(await goesWithout())) return
      let outdated: Failure | undefined
      await this.send(async () => {
        const { verb, id, form } = this.data
        try {
          await call(verb, { id, ...inputOf(act, draft.fields) } as Input<typeof verb>, { key: draft.key })
        } catch (error) {
          const errors = fieldErrorsOf(error)
          if (errors) {
            this.setData({ errors })
            return
          }
          if (!(error instanceof Failure && error.status === 409)) throw error
          outdated = error
          return
        }
        dropDraft(form)
        keepPicked(form, [])
        this.setData({ isDone: true })
      })
      if (outdated) await this.tellOutdated(outdated)
      else if (this.data.isDone) this.leave(act.done)
    },
    /** The case has moved on, or an earlier try was taken: either way it shows itself on its page. */
    async tellOutdated({ type, title }: Failure) {
      const isTaken = type === 'keyReused'
      if (isTaken) dropDraft(this.data.form)
      await wx.showModal({
        title: isTaken ? '之前那次已经提交成功' : '有新的进展',
        content: isTaken ? '网络不好，刚才没来得及告诉您。' : `${title.replace(/，请刷新.*$/, '')}。先回去看一下。`,
        showCancel: false,
        confirmText: '去看看',
      })
      void wx.navigateBack()
    },
    leave(said: string) {
      void wx.showToast({ title: said, icon: 'success' })
      setTimeout(() => void wx.navigateBack(), BACK_AFTER_MS)
    },
  },
})
