// A line of a form in which one of several is chosen, by the phone's own wheel.

Component({
  properties: {
    label: { type: String, value: '' },
    /** `{ id, name }` each. */
    options: { type: Array, value: [] as { id: string; name: string }[] },
    /** The id chosen; empty is an id like any other. */
    value: { type: String, value: '' },
    placeholder: { type: String, value: '请选择' },
    failure: { type: String, value: '' },
  },
  data: { index: 0, name: '' },
  observers: {
    'options, value'(options: { id: string; name: string }[], value: string) {
      const index = options.findIndex(({ id }) => id === value)
      this.setData({ index: Math.max(0, index), name: options[index]?.name ?? '' })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const chosen = this.data.options[Number(event.detail.value)]
      if (chosen) this.triggerEvent('change', { value: chosen.id, name: chosen.name })
    },
  },
})
