// Canned replies for a category, to put into what is being written.
import { loading } from '../../../behaviors/loading'
import type { Input, ItemOf } from '../../../services/api'
import { call } from '../../../services/call'

type Category = NonNullable<Input<'reply.list'>['category']>

Component({
  behaviors: [loading],
  properties: {
    visible: { type: Boolean, value: false },
    category: { type: String, value: '' },
  },
  data: { replies: [] as ItemOf<'reply.list'>[] },
  observers: {
    visible(isVisible: boolean) {
      if (isVisible) this.fetch()
    },
  },
  methods: {
    fetch() {
      void this.load(async () => {
        const category = (this.data.category || undefined) as Category | undefined
        const { items } = await call('reply.list', { category })
        this.setData({ replies: items })
        return items.length > 0
      })
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { index: number }>) {
      const reply = this.data.replies[event.currentTarget.dataset.index]
      if (reply) this.triggerEvent('pick', { text: reply.text })
      this.close()
    },
    manage() {
      this.close()
      void wx.navigateTo({ url: '/officer/replies/index' })
    },
    close() {
      this.triggerEvent('close')
    },
  },
})
