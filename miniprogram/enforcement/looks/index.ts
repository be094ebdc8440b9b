// Who has looked at who informed, when and why. Takes `?id=` of a tip; all of them without it.
import { listing } from '../../behaviors/listing'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { momentText } from '../../services/dates'

const lineOf = ({ id, number, by, at, reason }: ItemOf<'tip.looks'>) => ({
  key: `${id} ${at}`,
  id,
  number,
  by,
  when: momentText(at),
  reason,
})

Component({
  behaviors: [listing],
  data: { id: '' },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
    },
    async ask(cursor: string | undefined, limit: number) {
      const { id } = this.data
      const { items, next } = await call('tip.looks', { ...(id && { id }), cursor, limit })
      return { items: items.map(lineOf), next }
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${currentTarget.dataset.id}` })
    },
  },
})
