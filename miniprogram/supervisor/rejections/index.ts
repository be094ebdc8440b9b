// 否决事项备案: what was refused, with its basis and the two persons; looked at by the bureau. Takes `?title=&filter=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { Failure } from '../../services/failure'
import { openSubject, type SubjectKind } from '../../services/subjects'
import { noQuestion } from '../../components/ask/question'
import { lineOf, questionFor, type RejectionLine, views } from './view'

type Filter = Partial<Input<'rejection.list'>>

Component({
  behaviors: [listing, sending],
  data: {
    views,
    view: '' as string,
    given: {} as Filter,
    /** What the list was asked with, for its export. */
    asked: {} as Filter,
    chosen: -1,
    isAsking: false,
    question: noQuestion,
    fault: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const given: Filter = this.openedWith(query)
      this.setData({ given, view: given.kind ?? '' })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view } = this.data
      const filter: Filter = views.find(({ value }) => value === view)?.filter ?? {}
      const asked = { ...given, ...filter }
      if (cursor === undefined) this.setData({ asked })
      const { items, next } = await call('rejection.list', { ...asked, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    openSubject({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { subjectKind, subjectId } = this.data.items[currentTarget.dataset.index] as RejectionLine
      openSubject({ subjectKind: subjectKind as SubjectKind, subjectId })
    },
    begin({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const { index } = currentTarget.dataset
      const question = questionFor(this.data.items[index] as RejectionLine)
      this.setData({ chosen: index, isAsking: true, question, fault: '' })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async hand({ detail }: WechatMiniprogram.CustomEvent<{ text: string; code: string }>) {
      const { chosen, items } = this.data
      const line = items[chosen] as RejectionLine | undefined
      if (!line) return
      const { id, version } = line
      const { text, code } = detail
      let fault = ''
      const isSent = await this.send(async () => {
        try {
          const remark = text ? { remark: text } : {}
          const view =
            line.verb === 'rejection.review'
              ? await call('rejection.review', { id, version, isAgreed: code === 'agree', ...remark })
              : await call('rejection.correct', { id, version, text })
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
      void wx.showToast({ title: '已提交', icon: 'none' })
    },
  },
})
