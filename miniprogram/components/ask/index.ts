// Asks for one text, and perhaps one of two ways, before something is done; tells both as `send` with `{ text, code }`.
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { noQuestion } from './question'

const nothing = { text: '', code: '' }

Component({
  properties: {
    visible: { type: Boolean, value: false },
    question: { type: Object, value: noQuestion },
    /** What the server says is wrong with the text. */
    fault: { type: String, value: '' },
    isSending: { type: Boolean, value: false },
  },
  data: { text: '', code: '', shortfall: '' },
  observers: {
    visible(isVisible: boolean) {
      if (!isVisible) return
      const { form, choices } = this.data.question
      const { text, code } = readDraft(form, nothing).fields
      this.setData({ text, code: code || choices[0]?.code || '', shortfall: '' })
    },
  },
  methods: {
    type(event: WechatMiniprogram.Input | WechatMiniprogram.TextareaInput) {
      this.setData({ text: event.detail.value, shortfall: '' })
      this.keep()
    },
    pick(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.setData({ code: event.currentTarget.dataset.code, shortfall: '' })
      this.keep()
    },
    keep() {
      const { text, code, question } = this.data
      keepDraft(question.form, { ...readDraft(question.form, nothing), fields: { text, code } })
    },
    send() {
      const { code, question, isSending } = this.data
      const text = this.data.text.trim()
      if (isSending) return
      const isFree = question.freeCode === '*' || (question.freeCode !== '' && question.freeCode === code)
      if (text === '' && !isFree) this.setData({ shortfall: `请填写${question.label}` })
      else this.triggerEvent('send', { text, code })
    },
    /** For the page: it was done, what was typed is no longer needed. */
    done() {
      dropDraft(this.data.question.form)
    },
    close() {
      this.triggerEvent('close')
    },
    moved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.triggerEvent('close')
    },
  },
})
