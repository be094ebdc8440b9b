// Asks for the consent to the privacy policy when WeChat wants it: on every page that takes a photo, a place or a phone number.

interface Reply {
  event: 'agree' | 'disagree' | 'exposureAuthorization'
  buttonId?: string
}
type Answer = (reply: Reply) => void
/** WeChat's typings know nothing of what it really hands over, nor of versions that have none of it. */
const privacy = wx as unknown as { onNeedPrivacyAuthorization?: (listener: (answer: Answer) => void) => void }

/** WeChat looks whether this very button was tapped. */
const BUTTON = 'privacy-agree'

/** What waits for the answer: several interfaces may ask at once, and are answered together. */
let waiting: Answer[] = []

const answerAll = (reply: Reply) => {
  const asked = waiting
  waiting = []
  for (const answer of asked) answer(reply)
}

Component({
  data: { isOpen: false, button: BUTTON },
  lifetimes: {
    attached() {
      this.listen()
    },
    detached() {
      if (this.data.isOpen) answerAll({ event: 'disagree' })
    },
  },
  pageLifetimes: {
    // WeChat tells the last who listened: the page that is shown.
    show() {
      this.listen()
    },
    hide() {
      if (this.data.isOpen) this.refuse()
    },
  },
  methods: {
    listen() {
      privacy.onNeedPrivacyAuthorization?.((answer) => {
        waiting.push(answer)
        answer({ event: 'exposureAuthorization' })
        this.setData({ isOpen: true })
      })
    },
    read() {
      wx.openPrivacyContract({
        fail: () => void wx.showToast({ title: '暂时打不开，请稍后再试', icon: 'none' }),
      })
    },
    agree() {
      this.setData({ isOpen: false })
      answerAll({ event: 'agree', buttonId: BUTTON })
    },
    refuse() {
      this.setData({ isOpen: false })
      answerAll({ event: 'disagree' })
    },
    /** The page behind stands still. */
    still() {},
  },
})
