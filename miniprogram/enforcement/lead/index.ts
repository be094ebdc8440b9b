// One lead, `?id=`: what exceeded what, what was found on site, and the step that is the reader's now.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { start } from '../../services/session'
import { factsOf, type LeadView } from '../services/leadWords'
import { type Act, actsOf } from './acts'

const nothing = { text: '' }

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    version: 0,
    facts: null as ReturnType<typeof factsOf> | null,
    canAnswer: false,
    acts: [] as Act[],
    act: null as Act | null,
    others: [] as Act[],
    text: '',
  },
  pageLifetimes: {
    /** Also on coming back from the answer. */
    show() {
      if (this.data.state !== 'loading') void this.refresh()
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
        this.take(await call('lead.read', { id: this.data.id }))
        return true
      })
    },
    take(view: LeadView) {
      const acts = actsOf(view)
      const canAnswer = view.can.includes('lead.answer')
      this.setData({ version: view.version, facts: factsOf(view), canAnswer, acts })
      this.choose(acts[0]?.verb ?? '')
    },
    choose(verb: string) {
      const { acts } = this.data
      const act = acts.find((one) => one.verb === verb) ?? null
      this.setData({ act, others: acts.filter((one) => one !== act), errors: {}, wrong: '' })
      this.setData({ text: this.draft().fields.text })
    },
    chooseOther(event: WechatMiniprogram.TouchEvent<{}, {}, { verb: string }>) {
      this.choose(event.currentTarget.dataset.verb)
    },
    formName(): string {
      return `${this.data.act?.verb ?? ''}.${this.data.id}`
    },
    draft(): Draft<typeof nothing> {
      return readDraft(this.formName(), nothing)
    },
    type(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const text = event.detail.value
      keepDraft(this.formName(), { ...this.draft(), fields: { text } })
      this.setData({ text, errors: {}, wrong: '' })
    },
    answer() {
      void wx.navigateTo({ url: `/enforcement/lead-answer/index?id=${this.data.id}` })
    },
    async hand() {
      const { act, id, version } = this.data
      if (!act) return
      const { key, fields } = this.draft()
      const text = fields.text.trim()
      if (act.text === 'needed' && text === '') {
        this.setData({ errors: { text: `请写明${act.label}` }, wrong: '还有没填的' })
        return
      }
      const name = this.formName()
      const isDone = await this.submit(async () => {
        if (act.verb === 'lead.send') await call('lead.send', { ids: [id] }, { key })
        else await call(act.verb, { id, version, ...(text ? { text } : {}) } as Input<'lead.return'>, { key })
        dropDraft(name)
      })
      if (isDone) void wx.showToast({ title: act.done, icon: 'success' })
      if (isDone) await this.refresh()
    },
  },
})
