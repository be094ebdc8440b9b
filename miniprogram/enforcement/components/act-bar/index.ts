// What can be done now, at the foot of a page: the next step, one beside it, the rest behind 更多. Each opens its form.
import { type Button, type Buttons, noButtons } from '../../services/acts'

Component({
  properties: {
    buttons: { type: Object, value: noButtons as Buttons },
    subjectId: { type: String, value: '' },
  },
  data: { isMoreOpen: false },
  methods: {
    openMore() {
      this.setData({ isMoreOpen: true })
    },
    closeMore() {
      this.setData({ isMoreOpen: false })
    },
    moved({ detail }: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      this.setData({ isMoreOpen: detail.visible })
    },
    act({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, Pick<Button, 'verb'>>) {
      this.closeMore()
      void wx.navigateTo({ url: `/enforcement/act/index?verb=${currentTarget.dataset.verb}&id=${this.data.subjectId}` })
    },
  },
})
