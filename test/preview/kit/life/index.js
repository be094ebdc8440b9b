// Writes down what happens to a page, and passes words to the one above it.
globalThis.lifeLog ??= []
const say = (page, what) => globalThis.lifeLog.push(`${page.data.depth} ${what}`)

Page({
  data: { depth: 1, heard: '', late: [] },
  onLoad(query) {
    if (query.depth) this.setData({ depth: Number(query.depth) })
    say(this, `load ${JSON.stringify(query)} of ${getCurrentPages().length}`)
    const channel = this.getOpenerEventChannel()
    channel.on('down', (word) => this.setData({ heard: word }))
    channel.emit('up', 'from above')
  },
  onShow() {
    say(this, 'show')
  },
  onReady() {
    say(this, `ready ${this.selectComponent('#organ').beat()}`)
  },
  onHide() {
    say(this, 'hide')
  },
  onUnload() {
    say(this, 'unload')
  },
  onPullDownRefresh() {
    say(this, 'pull')
  },
  onReachBottom() {
    say(this, 'bottom')
  },
  onShareAppMessage: () => ({ title: '来看', path: '/kit/life/index' }),
  async deeper() {
    const { eventChannel } = await wx.navigateTo({
      url: `./index?depth=${this.data.depth + 1}&word=%E5%AD%97`,
      events: { up: (word) => this.setData({ heard: word }) },
    })
    eventChannel.emit('down', 'from below')
  },
})
