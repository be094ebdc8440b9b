// One guide's versions and their way from a draft to the public, with the keeper's next steps. Takes `?id=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { Failure } from '../../services/failure'
import { noQuestion } from '../../components/ask/question'
import { type Action, actionFor, actionsOf, headOf, versionOf } from './view'

type Answer = { text: string; code: string }

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    head: {} as object,
    versions: [] as object[],
    actions: [] as { verb: string; word: string; isMain: boolean }[],
    /** What the server wants mended before it goes on. */
    faults: [] as string[],
    isAsking: false,
    asked: '',
    question: noQuestion,
    fault: '',
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
        const answer = await call('guide.versions', { id: this.data.id })
        this.setData({
          version: answer.guide.version,
          head: headOf(answer),
          versions: answer.items.map(versionOf),
          actions: actionsOf(answer.guide.can).map(({ verb, word, isMain }) => ({ verb, word, isMain })),
        })
        return true
      })
    },
    read() {
      void wx.navigateTo({ url: `/pages/guide/index?id=${this.data.id}` })
    },
    readComments() {
      const filter = encodeURIComponent(JSON.stringify({ guideId: this.data.id }))
      void wx.navigateTo({ url: `/supervisor/comments/index?filter=${filter}` })
    },
    async begin(event: WechatMiniprogram.TouchEvent<{}, {}, { verb: string }>) {
      const action = actionFor(event.currentTarget.dataset.verb)
      if (!action || this.data.isSending) return
      const { verb, question, sure, word } = action
      if (question) {
        this.setData({
          isAsking: true,
          asked: verb,
          fault: '',
          question: { ...question, form: `${verb}.${this.data.id}` },
        })
        return
      }
      const { confirm } = await wx.showModal({ title: word, content: sure, confirmText: '确定', cancelText: '再想想' })
      if (confirm) await this.act(action, { text: '', code: '' })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async answer(event: WechatMiniprogram.CustomEvent<Answer>) {
      const action = actionFor(this.data.asked)
      if (!action || !(await this.act(action, event.detail))) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
    },
    /** True when it was done. What is wrong with a field is said beside it. */
    async act({ verb, word, field, fieldsOf }: Action, answer: Answer): Promise<boolean> {
      const { id, version } = this.data
      let isWrong = false
      const isSent = await this.send(async () => {
        try {
          await call(verb, { id, version, ...fieldsOf(answer) } as Input<typeof verb>)
          this.setData({ faults: [], fault: '' })
        } catch (error) {
          if (!(error instanceof Failure) || error.errors.length === 0) throw error
          isWrong = true
          const own = error.errors.find(({ path }) => path === field)
          this.setData({ fault: own?.message ?? '', faults: own ? [] : error.errors.map(({ message }) => message) })
          if (!own) void wx.pageScrollTo({ scrollTop: 0 })
        }
      })
      if (!isSent || isWrong) return false
      void wx.showToast({ title: `已${word}`, icon: 'none' })
      await this.refresh()
      return true
    },
  },
})
