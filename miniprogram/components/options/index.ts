// A few answers to choose from, side by side: one of them, or as many as fit.

interface Option {
  value: string
  label: string
}

Component({
  properties: {
    /** What is asked, for who does not see it. */
    label: { type: String, value: '' },
    options: { type: Array, value: [] as Option[] },
    value: { type: String, value: '' },
    values: { type: Array, value: [] as string[] },
    isMultiple: { type: Boolean, value: false },
  },
  data: { lines: [] as (Option & { isOn: boolean })[] },
  observers: {
    'options, value, values, isMultiple'() {
      const { options, value, values, isMultiple } = this.data
      const chosen = isMultiple ? values : [value]
      this.setData({ lines: (options as Option[]).map((one) => ({ ...one, isOn: chosen.includes(one.value) })) })
    },
  },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<{}, {}, { value: string }>) {
      const { value } = event.currentTarget.dataset
      const { values, isMultiple } = this.data
      if (!isMultiple) this.triggerEvent('change', { value })
      else if (values.includes(value)) this.triggerEvent('change', { values: values.filter((one) => one !== value) })
      else this.triggerEvent('change', { values: [...values, value] })
    },
  },
})
