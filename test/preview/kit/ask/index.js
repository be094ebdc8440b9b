// Asks for what is personal, under a privacy guide of its own.
Page({
  data: { isAsking: false, answer: '', photo: '' },
  onLoad() {
    wx.onNeedPrivacyAuthorization((resolve) => {
      this.resolve = resolve
      this.setData({ isAsking: true })
    })
  },
  onPhone({ detail }) {
    this.setData({ answer: detail.code ?? detail.errMsg })
  },
  agree() {
    this.setData({ isAsking: false })
    this.resolve({ event: 'agree', buttonId: 'agree' })
  },
  refuse() {
    this.setData({ isAsking: false })
    this.resolve({ event: 'disagree' })
  },
  choose() {
    wx.chooseMedia({ count: 1, mediaType: ['image'] }).then(
      ({ tempFiles }) => this.setData({ photo: tempFiles[0].tempFilePath, answer: `${tempFiles[0].width}` }),
      ({ errMsg }) => this.setData({ answer: errMsg }),
    )
  },
  subscribe() {
    wx.requestSubscribeMessage({ tmplIds: ['answered', 'dueSoon'] }).then((answer) => {
      this.setData({ answer: `${answer.answered} ${answer.dueSoon}` })
    })
  },
})
