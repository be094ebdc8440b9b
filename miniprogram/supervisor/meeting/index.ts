// One progress meeting: its plan, who came, and what came of it. Takes `?id=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { openSubject, type SubjectKind } from '../../services/subjects'
import { noQuestion, type Question } from '../../components/ask/question'
import { attendanceOf, decidedOf, headOf, raisedOf } from './view'

const cancelling = (id: string): Question => ({
  ...noQuestion,
  form: `meeting.cancel.${id}`,
  title: '取消这次推进会',
  label: '为什么取消',
  hint: '如：改到下周一起开',
  button: '取消推进会',
  most: 200,
})

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    head: null as ReturnType<typeof headOf> | null,
    attendance: [] as ReturnType<typeof attendanceOf>,
    raised: [] as ReturnType<typeof raisedOf>,
    decided: [] as ReturnType<typeof decidedOf>,
    isAsking: false,
    question: noQuestion,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id, question: cancelling(id) })
    },
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const view = await call('meeting.read', { id: this.data.id })
        this.setData({
          version: view.version,
          head: headOf(view),
          attendance: attendanceOf(view),
          raised: raisedOf(view),
          decided: decidedOf(view),
        })
        return true
      })
    },
    record() {
      void wx.navigateTo({ url: `/officer/meeting-record/index?id=${this.data.id}` })
    },
    plan() {
      void wx.navigateTo({ url: `/officer/meeting-plan/index?id=${this.data.id}` })
    },
    askCancel() {
      this.setData({ isAsking: true })
    },
    close() {
      this.setData({ isAsking: false })
    },
    async cancel(event: WechatMiniprogram.CustomEvent<{ text: string }>) {
      const { id, version } = this.data
      const isDone = await this.send(() => call('meeting.cancel', { id, version, reason: event.detail.text }))
      if (!isDone) return
      this.selectComponent('#ask').done()
      this.setData({ isAsking: false })
      await this.refresh()
    },
    openRelated(event: WechatMiniprogram.TouchEvent<{}, {}, { kind: SubjectKind; id: string }>) {
      const { kind, id } = event.currentTarget.dataset
      if (id) openSubject({ subjectKind: kind, subjectId: id })
    },
  },
})
