// One application at the window, `?id=`, for whoever works on it: what is known, and the steps that apply now.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input } from '../../services/api'
import { type ApplicationView, factsOf } from '../../services/applicationWords'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { start } from '../../services/session'
import { form } from '../../behaviors/form'
import { type Act, type ActFields, actsOf, inputOf, noFields, questionLines, unchosen } from './acts'

type Named = WechatMiniprogram.CustomEvent<{ value: string; values?: string[] }, {}, { name: string }>

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    row: null as ApplicationView | null,
    facts: null as ReturnType<typeof factsOf> | null,
    act: null as Act | null,
    others: [] as { verb: string; title: string }[],
    lines: [] as ReturnType<typeof questionLines>,
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
    take(row: ApplicationView) {
      this.setData({ row, facts: factsOf(row, true) })
      this.choose(actsOf(row)[0]?.verb ?? '')
    },
    choose(verb: string) {
      const { row } = this.data
      if (!row) return
      const able = actsOf(row)
      const act = able.find((one) => one.verb === verb) ?? null
      const others = able.filter((one) => one !== act).map((one) => ({ verb: one.verb, title: one.title }))
      this.setData({ act, others, errors: {}, wrong: '' })
      this.show()
    },
    chooseOther({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { verb: string }>) {
      this.choose(currentTarget.dataset.verb)
    },
    formName(): string {
      return `${this.data.act?.verb ?? ''}.${this.data.id}`
    },
    draft(): Draft<ActFields> {
      return readDraft(this.formName(), noFields())
    },
    show() {
      const { act, row } = this.data
      this.setData({ lines: act && row ? questionLines(act, row, this.draft().fields) : [] })
    },
    change(change: (fields: ActFields) => Partial<ActFields>) {
      const draft = this.draft()
      keepDraft(this.formName(), { ...draft, fields: { ...draft.fields, ...change(draft.fields) } })
      this.show()
    },
    type({ detail, currentTarget }: Named) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '', wrong: '' })
      if (detail.values) this.change(() => ({ many: detail.values ?? [] }))
      else this.change(({ texts }) => ({ texts: { ...texts, [name]: detail.value } }))
    },
    async hand() {
      const { act, row } = this.data
      if (!act || !row) return
      const { key, fields } = this.draft()
      const errors = unchosen(act, fields)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没选的' })
        return
      }
      const name = this.formName()
      const input = inputOf(act, row, fields) as Input<'application.withdraw'>
      const isDone = await this.submit(async () => {
        const after = await call(act.verb as 'application.withdraw', input, { key })
        dropDraft(name)
        this.take(after)
      })
      if (isDone) void wx.showToast({ title: act.done, icon: 'none' })
    },
  },
})
