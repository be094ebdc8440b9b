// How far a tip has come, and more to tell about it. Tells `changed` with the tip as it is then, `stale` when a link is too old.
import { form } from '../../../behaviors/form'
import type { FileView } from '../../../services/api'
import { call } from '../../../services/call'
import { newId } from '../../../services/identifier'
import { goesWithout } from '../../../services/picking'
import { type ProgressView, type Progress, progressOf } from '../../services/progress'
import type { Receipt } from '../../services/receipts'

Component({
  behaviors: [form],
  properties: {
    tip: { type: Object, value: {} as Progress },
    /** The way to it: number and code, or the number alone of one's own. */
    receipt: { type: Object, value: { number: '' } as Partial<Receipt> },
  },
  data: {
    view: null as ProgressView | null,
    isAdding: false,
    /** The same for every try of the same words. */
    key: '',
    text: '',
    files: [] as FileView[],
    isBusy: false,
    isIncomplete: false,
    isQueued: false,
  },
  observers: {
    tip(tip: Progress) {
      if (tip.number) this.setData({ view: progressOf(tip) })
    },
  },
  methods: {
    stale() {
      this.triggerEvent('stale')
    },
    openReward() {
      void wx.navigateTo({ url: `/tips/reward/index?number=${this.data.tip.number}` })
    },
    beginAdding() {
      this.setData({ isAdding: true, key: newId(), text: '', files: [], isIncomplete: false, errors: {}, wrong: '' })
    },
    stopAdding() {
      this.setData({ isAdding: false })
    },
    type({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      // Other words are another message.
      this.setData({ text: detail.value, errors: {}, wrong: '', ...(this.data.wrong && { key: newId() }) })
    },
    onFiles(event: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean; isIncomplete: boolean }>) {
      const { files, isBusy, isIncomplete } = event.detail
      const goes = this.data.isQueued && !isBusy
      this.setData({ files, isBusy, isIncomplete, isQueued: this.data.isQueued && isBusy })
      if (goes) void this.add()
    },
    async add() {
      const { receipt, key, files, isBusy, isIncomplete } = this.data
      const text = this.data.text.trim()
      if (this.data.isSending) return
      if (text === '') return this.setData({ errors: { text: '请写一下要补充什么' } })
      if (isBusy) return this.setData({ isQueued: true })
      if (isIncomplete && !(await goesWithout())) return
      const { number = '', code } = receipt as Partial<Receipt>
      const input = { number, ...(code && { code }), text, fileIds: files.map(({ id }) => id) }
      const isDone = await this.submit(async () => {
        const tip = await call('tip.add', input, { key, isNameless: code !== undefined })
        this.triggerEvent('changed', { tip })
      })
      if (!isDone) return
      this.stopAdding()
      void wx.showToast({ title: '已补充', icon: 'success' })
    },
  },
})
