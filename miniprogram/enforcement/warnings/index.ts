// Firms that several tips are about: the early warning, with each tip behind it.
import { listing } from '../../behaviors/listing'
import type { ItemOf } from '../../services/api'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

const lineOf = ({ firmName, creditCode, count, latestOn, tips }: ItemOf<'tip.warnings'>) => ({
  key: creditCode ?? firmName,
  firm: firmName,
  count: `${count}件`,
  about: [creditCode ?? '', `最近一件${dayText(latestOn)}`].filter(Boolean).join(' · '),
  tips: tips.map(({ id, number, state, submittedOn }) => ({
    id,
    number,
    when: `${dayText(submittedOn)}举报`,
    tag: wordFor('tipStates', state),
  })),
})

Component({
  behaviors: [listing],
  data: { rule: '' },
  methods: {
    async ask() {
      const { at, days, items } = await call('tip.warnings', {})
      this.setData({ rule: `${days}天里有${at}件以上举报的单位` })
      return { items: items.map(lineOf), next: null }
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      void wx.navigateTo({ url: `/enforcement/tip/index?id=${currentTarget.dataset.id}` })
    },
  },
})
