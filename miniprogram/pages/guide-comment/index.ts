// Writing a remark on a guide: a suggestion, a question, or what is wrong in it.
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'

type Kind = 'suggestion' | 'question' | 'error'

interface Fields {
  kind: Kind
  text: string
}

const kinds: { code: Kind; word: string; hint: string }[] = [
  { code: 'question', word: '看不明白', hint: '哪一条不明白？想问什么？' },
  { code: 'error', word: '写得不对', hint: '哪里不对？应该是什么？' },
  { code: 'suggestion', word: '提个建议', hint: '怎么写更好用？' },
]
const hintOf = (kind: Kind) => kinds.find(({ code }) => code === kind)?.hint ?? ''
const formOf = (guideId: string) => `guide-comment.${guideId}`
const MOST = 1000

Component({
  behaviors: [page, sending],
  data: {
    kinds,
    most: MOST,
    guideId: '',
    title: '',
    kind: 'question' as Kind,
    hint: hintOf('question'),
    text: '',
    wrong: '',
    draft: null as Draft<Fields> | null,
  },
  methods: {
    onLoad({ guideId = '', title = '' }: { guideId?: string; title?: string }) {
      const draft = readDraft<Fields>(formOf(guideId), { kind: 'question', text: '' })
      this.setData({
        guideId,
        title: decodeURIComponent(title),
        draft,
        ...draft.fields,
        hint: hintOf(draft.fields.kind),
      })
    },
    keep(fields: Partial<Fields>) {
      const { draft, guideId } = this.data
      if (!draft) return
      const next = { ...draft, fields: { ...draft.fields, ...fields } }
      keepDraft(formOf(guideId), next)
      this.setData({ draft: next, ...fields, wrong: '' })
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { kind: Kind }>) {
      const { kind } = event.currentTarget.dataset
      this.keep({ kind })
      this.setData({ hint: hintOf(kind) })
    },
    type(event: WechatMiniprogram.Input) {
      this.keep({ text: event.detail.value })
    },
    async submit() {
      const { guideId, kind, text, draft } = this.data
      if (text.trim() === '') {
        this.setData({ wrong: '请写下您想说的' })
        return
      }
      const isSent = await this.send(async () => {
        try {
          await call('guide.comment', { guideId, kind, text }, { key: draft?.key })
        } catch (error) {
          const wrong = error instanceof Failure && error.errors.find(({ path }) => path.startsWith('text'))
          if (!wrong) throw error
          this.setData({ wrong: wrong.message })
          return
        }
        dropDraft(formOf(guideId))
        this.setData({ text: '' })
      })
      if (!isSent || this.data.wrong) return
      void wx.showToast({ title: '已收到，谢谢您', icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 800)
    },
  },
})
