// What readers say of the guides, answered for all to see or only to the one who asked. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { Failure } from '../../services/failure'
import { noQuestion } from '../../components/ask/question'
import { type CommentLine, lineOf, questionFor, views } from './view'

type Filter = Partial<Input<'guide.comments'>>

/** What a number counted is shown first. */
const viewOf = ({ isAnswered }: Filter, hasFilter: boolean) =>
  isAnswered === undefined ? (hasFilter ? 'all' : 'open') : isAnswered ? 'answered' : 'open'

Component({
  behaviors: [listing, sending],
  data: {
    views,
    view: 'open' as string,
    guideId: '',
    chosen: -1,
    isAsking: false,
    question: noQuestion,
    fault: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given: Filter = this.openedWith(query)
      this.setData({ guideId: given.guideId ?? '', view: viewOf(given, Boolean(query.filter)) })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { view, guideId } = this.data
      const chosen = views.find(({ value }) => value === view)?.filter ?? {}
      const { items, next } = await call('guide.comments', {
        ...chosen,
        guideId: guideId || undefined,
        cursor,
        limit,
      })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    openGuide(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/pages/guide/index?id=${event.currentTarget.dataset.id}` })
    },
    begin(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = event.currentTarget.dataset
      const comment = this.data.items[index] as CommentLine
      this.setData({ chosen: index, isAsking: true, question: questionFor(comment), fault: '' })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async reply(event: WechatMiniprogram.CustomEvent<{ text: string; code: string }>) {
      const { chosen, items } = this.data
      const comment = items[chosen] as CommentLine | undefined
      if (!comment) return
      const { id, version } = comment
      const { text: answer, code } = event.detail
      let fault = ''
      const isSent = await this.send(async () => {
        try {
          const view = await call('guide.replyComment', { id, version, answer, isPublic: code === 'public' })
          this.setData({ [`items[${chosen}]`]: lineOf(view) })
        } catch (error) {
          if (!(error instanceof Failure) || error.errors.length === 0) throw error
          fault = error.sentence
        }
      })
      this.setData({ fault })
      if (!isSent || fault !== '') return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
      void wx.showToast({ title: '已答复', icon: 'none' })
    },
  },
})
