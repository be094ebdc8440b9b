// A bad rating to be verified, put right and called back on, by somebody other than the one rated.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { openSubject } from '../../services/subjects'
import { form } from '../../behaviors/form'
import { inputOf, type Rectification, type RectificationFields, type Step, type StepVerb, stepOf, viewOf } from './view'

type Valued = WechatMiniprogram.CustomEvent<{ value: string }>

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    row: null as Rectification | null,
    view: null as ReturnType<typeof viewOf> | null,
    step: null as Step | null,
    options: [] as { value: string; label: string }[],
    fields: { choice: '', text: '' } as RectificationFields,
    choiceError: '',
    textError: '',
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
        this.take(await call('rectification.read', { id: this.data.id }))
        return true
      })
    },
    take(row: Rectification) {
      const step = stepOf(row)
      this.setData({ row, view: viewOf(row), step, options: step?.choice?.options() ?? [] })
      this.setData({ fields: this.draft().fields })
    },
    formName(): string {
      return `${this.data.step?.verb ?? ''}.${this.data.id}`
    },
    draft(): Draft<RectificationFields> {
      return readDraft(this.formName(), { choice: '', text: '' })
    },
    change(change: Partial<RectificationFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(this.formName(), { ...draft, fields })
      this.setData({ fields, choiceError: '', textError: '', wrong: '' })
    },
    choose({ detail }: Valued) {
      this.change({ choice: detail.value })
    },
    type({ detail }: Valued) {
      this.change({ text: detail.value })
    },
    openCase() {
      const { row } = this.data
      if (row) openSubject({ subjectKind: 'case', subjectId: row.case.id })
    },
    async hand() {
      const { row, step } = this.data
      if (!row || !step) return
      const { key, fields } = this.draft()
      const input = inputOf(step, row, fields) as Input<StepVerb>
      const name = this.formName()
      const isDone = await this.submit(async () => {
        const after = await call(step.verb, input as Input<'rectification.callBack'>, { key })
        dropDraft(name)
        this.take(after)
      })
      const { errors } = this.data
      this.setData({ choiceError: errors[step.choice?.name ?? ''] ?? '', textError: errors[step.text.name] ?? '' })
      if (isDone) void wx.showToast({ title: step.done, icon: 'success' })
    },
  },
})
