// Says what was touched, in order.
Page({
  data: {
    said: '',
    gone: 'data:image/png;base64,AAAA',
    isOpen: false,
    rich: '<p class="a" onclick="alert(1)">粗<b>体</b><script>alert(1)</script><a href="http://x.example">去</a></p>',
  },
  say({ type, currentTarget }) {
    this.setData({ said: `${this.data.said} ${type === 'tap' ? '' : `${type}:`}${currentTarget.dataset.word}`.trim() })
  },
  swiped({ detail }) {
    this.setData({ said: `${this.data.said} swiped:${detail.current}`.trim() })
  },
  toggle() {
    this.setData({ isOpen: !this.data.isOpen })
  },
  fail() {
    throw new Error('broken on purpose')
  },
})
