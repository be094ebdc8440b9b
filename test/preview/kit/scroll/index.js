// A list in a page, and something far below that is watched for.
Page({
  data: { into: '', said: '', isRefreshing: false },
  onReady() {
    this.watch = this.createIntersectionObserver().relativeToViewport()
    this.watch.observe('.seen', ({ intersectionRatio }) => {
      if (intersectionRatio > 0) this.add('seen')
    })
  },
  onPageScroll({ scrollTop }) {
    globalThis.scrolledTo = scrollTop
  },
  add(word) {
    this.setData({ said: `${this.data.said} ${word}`.trim() })
  },
  say({ type }) {
    this.add(type)
  },
  jump() {
    this.setData({ into: 'row17' })
  },
  refresh() {
    this.setData({ isRefreshing: true })
    setTimeout(() => {
      this.setData({ isRefreshing: false })
      this.add('refreshed')
    }, 50)
  },
})
