// What meetings decided: one's own to report on, others' to close. Takes `?title=&filter=`, `?mine=1` or `?id=`.
import { listing } from '../../behaviors/listing'
import { sending } from '../../behaviors/sending'
import type { Input } from '../../services/api'
import { call } from '../../services/call'
import { readFilter } from '../../services/filters'
import { openSubject } from '../../services/subjects'
import { noQuestion } from '../../components/ask/question'
import { closing, type DecisionLine, lineOf, reporting, views } from './view'

type Filter = Partial<Input<'decision.list'>>

Component({
  behaviors: [listing, sending],
  data: {
    views,
    view: 'open' as string,
    isMine: false,
    given: null as Filter | null,
    chosen: -1,
    isAsking: false,
    asks: '' as '' | 'report' | 'close',
    question: noQuestion,
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { title, filter } = readFilter(query)
      const isMine = query['mine'] === '1'
      if (title || isMine) void wx.setNavigationBarTitle({ title: title || '推进会交我办的事' })
      const given: Filter | null = query['id'] ? { id: query['id'] } : query['filter'] ? filter : null
      this.setData({ given, isMine })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { given, view, isMine } = this.data
      const chosen = views.find(({ value }) => value === view)?.filter ?? {}
      const scope = isMine ? ('mine' as const) : ('all' as const)
      const filter = (given ?? { ...chosen, scope }) as Filter
      const { items, next } = await call('decision.list', { ...filter, cursor, limit })
      return { items: items.map(lineOf), next }
    },
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      void this.anew({ view: event.detail.value })
    },
    begin(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number; asks: 'report' | 'close' }>) {
      const { index, asks } = event.currentTarget.dataset
      const { id } = this.data.items[index] as DecisionLine
      const question = asks === 'report' ? reporting(id) : closing(id)
      this.setData({ chosen: index, isAsking: true, asks, question })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async answer(event: WechatMiniprogram.CustomEvent<{ text: string; code: string }>) {
      const { chosen, items, asks } = this.data
      const decision = items[chosen] as DecisionLine | undefined
      if (!decision) return
      const { id, version } = decision
      const { text, code } = event.detail
      const isSent = await this.send(async () => {
        const view =
          asks === 'report'
            ? await call('decision.report', { id, version, text, isDone: code === 'done' })
            : await call('decision.close', { id, version, agree: code === 'agree', ...(text && { text }) })
        this.setData({ [`items[${chosen}]`]: lineOf(view) })
      })
      if (!isSent) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
      void wx.showToast({ title: '好了', icon: 'success' })
    },
    openMeeting(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      openSubject({ subjectKind: 'meeting', subjectId: event.currentTarget.dataset.id })
    },
  },
})
