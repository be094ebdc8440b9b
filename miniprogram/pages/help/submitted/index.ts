// After a request was taken: its number, who has it, by when there is an answer, and how to hear of it.
import type { CaseView } from '../../../services/api'
import { dayText } from '../../../services/dates'
import { subscribe, templatesFor } from '../../../services/subscribe'

type Templates = Awaited<ReturnType<typeof templatesFor>>

const told = {
  all: '好的，有进展会在微信里告诉您',
  some: '好的，您同意的会在微信里告诉您，其余的在「消息」里看',
  none: '没有订阅。进展随时可以在「消息」和「诉求」里看',
}

Component({
  properties: { case: { type: Object, value: {} as CaseView } },
  data: { templates: [] as Templates, told: '', signedBy: '' },
  observers: {
    case({ signDueOn }: CaseView) {
      this.setData({ signedBy: dayText(signDueOn) })
    },
  },
  lifetimes: {
    attached() {
      void templatesFor('caseSubmitted').then((templates) => this.setData({ templates }))
    },
  },
  methods: {
    async subscribe() {
      const granted = await subscribe(this.data.templates)
      this.setData({ told: told[granted] })
    },
    copy() {
      void wx.setClipboardData({ data: this.data.case.number })
    },
    open() {
      void wx.redirectTo({ url: `/pages/case/index?id=${this.data.case.id}` })
    },
    leave() {
      void wx.switchTab({ url: '/pages/cases/index' })
    },
  },
})
