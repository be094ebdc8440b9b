// Shows what becomes of a page's content: its shape while it loads, nothing found, what went wrong, that there is no such
// thing, or the content itself.

Component({
  options: { multipleSlots: false },
  properties: {
    /** loading, ready, empty, failed or absent. */
    state: { type: String, value: 'loading' },
    failure: { type: String, value: '' },
    /** What is not there, and what to do about it. */
    emptyTitle: { type: String, value: '这里还没有内容' },
    emptyText: { type: String, value: '' },
    /** The word on the button of the empty state; none without it. */
    action: { type: String, value: '' },
    /** How many lines the shape has while loading. */
    lines: { type: Number, value: 3 },
  },
  methods: {
    retry() {
      this.triggerEvent('retry')
    },
    act() {
      this.triggerEvent('action')
    },
    leave() {
      if (getCurrentPages().length > 1) void wx.navigateBack()
      else void wx.switchTab({ url: '/pages/home/index' })
    },
  },
})
