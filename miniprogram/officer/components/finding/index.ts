// One question that the firm raised: solved on the spot, or to become a case.
import type { FindingFields, Named } from '../../../services/visitRecord'
import { wordsOf } from '../../../services/words'

Component({
  properties: {
    number: { type: Number, value: 1 },
    finding: { type: Object, value: {} as FindingFields },
    /** To say whose question it is, where there are several. */
    firms: { type: Array, value: [] as Named[] },
    error: { type: String, value: '' },
  },
  data: {
    ways: [
      { value: 'yes', label: '当场解决了' },
      { value: 'no', label: '还没解决' },
    ],
    categories: [] as { code: string; word: string }[],
    categoryAt: 0,
    category: '',
    firmChoices: [] as { value: string; label: string }[],
  },
  observers: {
    'finding, firms'() {
      const { finding, firms } = this.data as unknown as { finding: FindingFields; firms: Named[] }
      // A complaint is not written down by those whom it may be about.
      const categories = wordsOf('categories').filter(({ code }) => code !== 'complaint')
      const categoryAt = categories.findIndex(({ code }) => code === finding.category)
      this.setData({
        categories,
        categoryAt: Math.max(0, categoryAt),
        category: categories[categoryAt]?.word ?? '',
        firmChoices: firms.length > 1 ? firms.map(({ id, name }) => ({ value: id, label: name })) : [],
      })
    },
  },
  methods: {
    tell(change: Partial<FindingFields>) {
      this.triggerEvent('change', { finding: { ...(this.data.finding as FindingFields), ...change } })
    },
    type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.tell({ text: detail.value })
    },
    solve({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.tell({ isSolved: detail.value === 'yes' })
    },
    chooseCategory({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const code = this.data.categories[Number(detail.value)]?.code ?? ''
      this.tell({ category: code as FindingFields['category'] })
    },
    chooseFirm({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.tell({ enterpriseId: detail.value })
    },
    drop() {
      this.triggerEvent('drop')
    },
  },
})
