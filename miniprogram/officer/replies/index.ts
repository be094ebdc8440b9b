// The canned replies of one's unit: written once, put in with a tap.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input, ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { currentMe, start } from '../../services/session'
import { wordFor, wordsOf } from '../../services/words'
import { form } from '../../behaviors/form'

type Reply = ItemOf<'reply.list'>
type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'title' | 'text' }>
interface ReplyFields {
  title: string
  text: string
  category: string
}

const EVERYTHING = { code: '', word: '各类诉求都用' }
const blank = (): ReplyFields => ({ title: '', text: '', category: '' })

const lineOf = (reply: Reply, unitIds: string[]) => ({
  ...reply,
  for: reply.category ? wordFor('categories', reply.category) : EVERYTHING.word,
  whose: reply.unitId === null ? '全市共用' : '本单位',
  canEdit: reply.unitId !== null && unitIds.includes(reply.unitId),
})

Component({
  behaviors: [page, loading, form],
  data: {
    lines: [] as ReturnType<typeof lineOf>[],
    /** What is being written; null while the list is shown. */
    editing: null as { id: string; version: number } | null,
    fields: blank(),
    categories: [EVERYTHING],
    categoryAt: 0,
  },
  methods: {
    onLoad() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.setData({ categories: [EVERYTHING, ...wordsOf('categories')] })
        await start()
        const { items } = await call('reply.list', {})
        const unitIds = currentMe()?.posts.map(({ unit }) => unit.id) ?? []
        const lines = items.map((reply) => lineOf(reply, unitIds))
        // One's own unit's first: those can be changed.
        this.setData({ lines: lines.sort((one, other) => Number(other.canEdit) - Number(one.canEdit)) })
        return items.length > 0
      })
    },
    formName(): string {
      return `reply.${this.data.editing?.id || 'new'}`
    },
    draft(): Draft<ReplyFields> {
      const reply = this.data.lines.find(({ id }) => id === this.data.editing?.id)
      const kept: ReplyFields = reply
        ? { title: reply.title, text: reply.text, category: reply.category ?? '' }
        : blank()
      return readDraft(this.formName(), kept)
    },
    write() {
      this.open({ id: '', version: 0 })
    },
    edit({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const reply = this.data.lines[currentTarget.dataset.index]
      if (reply) this.open({ id: reply.id, version: reply.version })
    },
    open(editing: { id: string; version: number }) {
      this.setData({ editing, errors: {}, wrong: '' })
      this.show(this.draft().fields)
      void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    show(fields: ReplyFields) {
      const at = this.data.categories.findIndex(({ code }) => code === fields.category)
      this.setData({ fields, categoryAt: Math.max(0, at) })
    },
    change(change: Partial<ReplyFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(this.formName(), { ...draft, fields })
      this.show(fields)
    },
    type({ detail, currentTarget }: Typed) {
      this.change({ [currentTarget.dataset.name]: detail.value })
    },
    chooseCategory({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ category: this.data.categories[Number(detail.value)]?.code ?? '' })
    },
    close() {
      this.setData({ editing: null })
    },
    async save() {
      if (await this.keep(true)) void wx.showToast({ title: '已保存', icon: 'success' })
    },
    async stop() {
      const content = '停用后，答复时不再列出来。'
      const { confirm } = await wx.showModal({
        title: '停用这条答复',
        content,
        confirmText: '停用',
        cancelText: '留着',
      })
      if (confirm && (await this.keep(false))) void wx.showToast({ title: '已停用', icon: 'success' })
    },
    async keep(isActive: boolean): Promise<boolean> {
      const { editing } = this.data
      if (!editing) return false
      const { key, fields } = this.draft()
      const category = (fields.category || null) as Input<'reply.save'>['category']
      const known = editing.id ? { id: editing.id, version: editing.version } : {}
      const input = { ...known, title: fields.title, text: fields.text, category, isActive }
      if (!(await this.submit(() => call('reply.save', input, { key })))) return false
      dropDraft(this.formName())
      this.setData({ editing: null })
      await this.refresh()
      return true
    },
  },
})
