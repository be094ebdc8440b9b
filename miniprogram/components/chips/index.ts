// Filters of a list in one row: one of them is chosen, and `change` tells which.

export interface Chip {
  value: string
  text: string
}

Component({
  properties: {
    items: { type: Array, value: [] as Chip[] },
    value: { type: String, value: '' },
    /** What is chosen here, for who hears the page. */
    label: { type: String, value: '筛选' },
  },
  data: { into: '' },
  observers: {
    /** The chosen one is brought into sight with the one before it, so that it shows that there are more. */
    'items, value'(items: Chip[], value: string) {
      const at = items.findIndex((item) => item.value === value)
      if (at >= 0) this.setData({ into: at > 1 ? `chip${at - 1}` : 'start' })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { value: string }>) {
      const { value } = event.currentTarget.dataset
      if (value !== this.data.value) this.triggerEvent('change', { value })
    },
  },
})
