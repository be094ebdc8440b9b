// 否决事项备案: what was refused, with its basis and the two persons; looked at by the bureau. Takes `?title=&filter=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { paged } from '../../behaviors/paged'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { Failure } from '../../services/failure'
import { readFilter } from '../../services/filters'
import { openSubject, type SubjectKind } from '../../services/subjects'
import { noQuestion } from '../components/ask/question'
import { lineOf, questionFor, type RejectionLine, views } from './view'

type Filter = Partial<Input<'rejection.list'>>

Component({
  behaviors: [page, loading, paged, sending],
  data: {
    views,
    view: '' as string,
    given: {} as Filter,
    chosen: -1,
    isAsking: false,
    question: noQuestion,
    fault: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      const given: Filter = filter
      if (title) void wx.setNavigationBarTitle({ title })
      this.setData({ given, view: given.kind ?? '' })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    onReachBottom() {
      void this.nextPage((cursor) => this.ask(cursor))
    },
    async ask(cursor?: string) {
      const { given, view } = this.data
      const filter: Filter = views.find(({ code }) => code === view)?.filter ?? {}
      const { items, next } = await call('rejection.list', { ...given, ...filter, cursor, limit: 20 })
      return { items: items.map(lineOf), next }
    },
    refresh() {
      return this.load(() => this.firstPage((cursor) => this.ask(cursor)))
    },
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ view: event.currentTarget.dataset.code, state: 'loading' })
      void this.refresh()
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
