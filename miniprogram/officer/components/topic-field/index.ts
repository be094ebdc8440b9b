// What the service is about: the usual topics to tap, and one's own.

const usual = ['政策解读', '技术帮扶', '选址', '材料准备', '审批流程', '排污许可', '总量指标', '环保设施', '危险废物']
const MOST = 10

Component({
  properties: {
    topics: { type: Array, value: [] as string[] },
    error: { type: String, value: '' },
    isOptional: { type: Boolean, value: false },
  },
  data: { options: [] as { value: string; label: string }[], typed: '' },
  observers: {
    topics(topics: string[]) {
      const own = topics.filter((topic) => !usual.includes(topic))
      this.setData({ options: [...usual, ...own].map((topic) => ({ value: topic, label: topic })) })
    },
  },
  methods: {
    choose({ detail }: WechatMiniprogram.CustomEvent<{ values: string[] }>) {
      this.tell(detail.values)
    },
    type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.setData({ typed: detail.value })
    },
    /** Also when the field is left: what was typed is meant. */
    add() {
      const topic = this.data.typed.trim()
      if (topic === '') return
      this.setData({ typed: '' })
      if (!this.data.topics.includes(topic)) this.tell([...this.data.topics, topic])
    },
    tell(topics: string[]) {
      if (topics.length > MOST) void wx.showToast({ title: `最多选${MOST}项`, icon: 'none' })
      else this.triggerEvent('change', { topics })
    },
  },
})
