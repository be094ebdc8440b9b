// Tips that were true and told by name, and have no reward yet: to be recognised, or why not.
import { listing } from '../../behaviors/listing'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'

const lineOf = ({ tipId, number, firmName, concludedOn, decision, obstacle }: ItemOf<'reward.candidates'>) => ({
  id: tipId,
  firm: firmName,
  about: `${number} · ${dayText(concludedOn)}办结`,
  decision: decision ?? '',
  obstacle: obstacle ?? '',
})

type Tap = WechatMiniprogram.TouchEvent<{}, {}, { id: string }>

Component({
  behaviors: [listing],
  methods: {
    async ask(cursor: string | undefined, limit: number) {
      const { items, next } = await call('reward.candidates', { cursor, limit })
      return { items: items.map(lineOf), next }
    },
    open({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${currentTarget.dataset.id}` })
    },
    propose({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/enforcement/act/index?verb=reward.propose&id=${currentTarget.dataset.id}` })
    },
  },
})
