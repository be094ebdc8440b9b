// Questions proposed from cases: the clerk words each anew and takes it into the guide's draft, or leaves it. Takes `?id=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { noQuestion } from '../../components/ask/question'
import { leaving, lineOf, type QuestionLine, views } from './view'

interface Words {
  question: string
  answer: string
}

Component({
  behaviors: [listing, sending],
  data: {
    views,
    view: 'proposed' as string,
    /** The one that is being worded, and its words. */
    editing: '',
    words: { question: '', answer: '' } as Words,
    chosen: -1,
    isAsking: false,
    question: noQuestion,
  },
  methods: {
    async ask(cursor: string | undefined, limit: number) {
      const filter = views.find(({ value }) => value === this.data.view)?.filter ?? {}
      const { items, next } = await call('guide.questions', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value, editing: '' })
    },
    edit(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { id, question, answer } = this.data.items[event.currentTarget.dataset.index] as QuestionLine
      this.setData({ editing: id, words: readDraft(`question.${id}`, { question, answer }).fields })
    },
    stop() {
      this.setData({ editing: '' })
    },
    type({ detail, currentTarget }: WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: keyof Words }>) {
      const words = { ...this.data.words, [currentTarget.dataset.name]: detail.value }
      const form = `question.${this.data.editing}`
      keepDraft(form, { ...readDraft(form, words), fields: words })
      this.setData({ words })
    },
    async take(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const { id, version } = this.data.items[index] as QuestionLine
      const { key, fields } = readDraft(`question.${id}`, this.data.words)
      const isDone = await this.send(async () => {
        const view = await call('guide.takeQuestion', { id, version, ...fields }, { key })
        this.setData({ [`items[${index}]`]: lineOf(view), editing: '' })
      })
      if (!isDone) return
      dropDraft(`question.${id}`)
      void wx.showToast({ title: '已列入指南草稿', icon: 'none' })
    },
    begin(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const { id } = this.data.items[index] as QuestionLine
      this.setData({ chosen: index, isAsking: true, question: leaving(id) })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async leave(event: WechatMiniprogram.CustomEvent<{ text: string }>) {
      const { chosen, items } = this.data
      const line = items[chosen] as QuestionLine | undefined
      if (!line) return
      const { id, version } = line
      const isDone = await this.send(async () => {
        const view = await call('guide.leaveQuestion', { id, version, note: event.detail.text })
        this.setData({ [`items[${chosen}]`]: lineOf(view) })
      })
      if (!isDone) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
    },
    openGuide(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/supervisor/guide/index?id=${event.currentTarget.dataset.id}` })
    },
  },
})
