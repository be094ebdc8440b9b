// Proposes what a case has answered as a question of a guide, without saying whose it was. Takes `?id=` of the case.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { form } from '../../behaviors/form'

interface QuestionFields {
  guide: { id: string; title: string } | null
  question: string
  answer: string
}
const nothing = (): QuestionFields => ({ guide: null, question: '', answer: '' })
type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'question' | 'answer' }>

/** Typing is waited for. */
const PAUSE_MS = 350
let pause: number | undefined

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    title: '',
    number: '',
    q: '',
    found: [] as { id: string; title: string }[],
    fields: nothing(),
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
      this.setData({ fields: this.draft().fields })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { title, number, guide } = await call('case.read', { id: this.data.id })
        this.setData({ title, number })
        if (guide && this.draft().fields.guide === null) this.change({ guide })
        return true
      })
    },
    draft(): Draft<QuestionFields> {
      return readDraft(`propose.${this.data.id}`, nothing())
    },
    change(change: Partial<QuestionFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(`propose.${this.data.id}`, { ...draft, fields })
      this.setData({ fields })
    },
    type({ detail, currentTarget }: Typed) {
      this.change({ [currentTarget.dataset.name]: detail.value })
    },
    search({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ q: detail.value })
      if (pause !== undefined) clearTimeout(pause)
      pause = setTimeout(() => void this.find(), PAUSE_MS)
    },
    async find() {
      const q = this.data.q.trim()
      const { items } = q ? await call('guide.search', { q, limit: 5 }).catch(() => ({ items: [] })) : { items: [] }
      // An answer to what was typed before is late.
      if (q === this.data.q.trim()) this.setData({ found: items.map(({ id, title }) => ({ id, title })) })
    },
    choose({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const guide = this.data.found[currentTarget.dataset.index]
      if (!guide) return
      this.setData({ found: [], q: '' })
      this.change({ guide })
    },
    dropGuide() {
      this.change({ guide: null })
    },
    async hand() {
      const { id } = this.data
      const { key, fields } = this.draft()
      const { guide, question, answer } = fields
      if (!guide) {
        this.setData({ errors: { guideId: '请选一份指南' }, wrong: '还没有选指南' })
        return
      }
      const input = { id, guideId: guide.id, question, answer }
      if (!(await this.submit(() => call('case.proposeQuestion', input, { key })))) return
      dropDraft(`propose.${id}`)
      void wx.showToast({ title: '已交给信息员', icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
  },
})
