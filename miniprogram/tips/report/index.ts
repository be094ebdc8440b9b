// 我要举报: what somebody saw, with photos, by name or not; kept as it is written, handed in once however often it is tapped.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { FileView, Output } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { newId } from '../../services/identifier'
import { goesWithout, keepPicked } from '../../services/picking'
import { onMap } from '../../services/place'
import { inFields, isKeyReused } from '../services/refusals'
import {
  emptyFields,
  type Fields,
  inputOf,
  isBegun,
  manners,
  missing,
  nobody,
  placeOptions,
  type TipInput,
  violationOptions,
} from './view'

type Receipt = Output<'tip.submit'>
type Valued<T extends object = {}> = WechatMiniprogram.CustomEvent<{ value: string }, {}, T>

const FORM = 'tip'

Component({
  behaviors: [page, loading, form],
  data: {
    draft: { key: '', fields: emptyFields } as Draft<Fields>,
    who: nobody,
    isRestored: false,
    /** What WeChat is asked for where news may be told; empty where there is nothing to ask. */
    templateId: '',
    violations: [] as ReturnType<typeof violationOptions>,
    places: [] as ReturnType<typeof placeOptions>,
    manners,
    isBusy: false,
    /** Tapped while photos are still on their way: it goes when they have arrived. */
    isQueued: false,
    isIncomplete: false,
    receipt: null as Receipt | null,
    /** The receipt is that of an earlier try, whose answer was lost. */
    isEarlier: false,
  },
  methods: {
    onLoad() {
      const draft = readDraft(FORM, emptyFields)
      this.setData({ draft, isRestored: isBegun(draft.fields) })
      void this.fetch()
    },
    fetch() {
      return this.load(async () => {
        // Without a connection the form is still there to be written in.
        const settings = await call('tip.settings', {}).catch(() => null)
        const templateId = settings?.messageTemplateId ?? ''
        this.setData({ templateId, violations: violationOptions(), places: placeOptions() })
        return true
      })
    },
    /** Changes the form and keeps it, at each key stroke. */
    put(change: Partial<Fields>) {
      const draft = { ...this.data.draft, fields: { ...this.data.draft.fields, ...change } }
      this.setData({ draft, ...this.without(Object.keys(change)) })
      keepDraft(FORM, draft)
    },
    /** What was said of these fields is no longer true. */
    without(fields: string[]) {
      const { errors } = this.data
      if (!fields.some((field) => field in errors)) return {}
      return {
        errors: Object.fromEntries(Object.entries(errors).filter(([field]) => !fields.includes(field))),
        wrong: '',
      }
    },
    type({ detail, currentTarget }: Valued<{ name: 'firmName' | 'address' | 'happened' | 'text' }>) {
      this.put({ [currentTarget.dataset.name]: detail.value })
    },
    typeWho({ detail, currentTarget }: Valued<{ name: 'name' | 'phone' | 'idNumber' }>) {
      const { name } = currentTarget.dataset
      this.setData({ who: { ...this.data.who, [name]: detail.value }, ...this.without([name]) })
    },
    chooseViolation({ detail }: Valued) {
      this.put({ violation: detail.value as Fields['violation'] })
    },
    choosePlace({ detail }: Valued) {
      this.put({ districtCode: detail.value })
    },
    chooseManner({ detail }: Valued) {
      this.put({ isNamed: detail.value === 'named' })
    },
    switchReward() {
      this.put({ wantsReward: !this.data.draft.fields.wantsReward })
    },
    /** The answer goes with the tip alone: it is not among the permissions of the person. */
    async askMessage() {
      const { templateId, who } = this.data
      const said = who.mayMessage
        ? {}
        : await wx.requestSubscribeMessage({ tmplIds: [templateId] }).catch(() => ({}) as Record<string, string>)
      const mayMessage = (said as Record<string, string>)[templateId] === 'accept'
      this.setData({ who: { ...this.data.who, mayMessage } })
    },
    async choosePoint() {
      const point = await onMap()
      if (point) this.put({ point })
    },
    dropPoint() {
      this.put({ point: null })
    },
    onFiles(event: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean; isIncomplete: boolean }>) {
      const { files, isBusy, isIncomplete } = event.detail
      this.put({ files })
      const goes = this.data.isQueued && !isBusy
      this.setData({ isBusy, isIncomplete, isQueued: this.data.isQueued && isBusy })
      if (goes) void this.hand()
    },
    async clear() {
      const { confirm } = await wx.showModal({
        title: '清空重写？',
        content: '刚才写的内容和照片都会从手机上去掉',
        confirmText: '清空',
      })
      if (confirm) this.begin()
    },
    /** Nothing of what was written stays on the phone. */
    begin() {
      dropDraft(FORM)
      keepPicked(FORM, [])
      this.setData({
        draft: { key: newId(), fields: emptyFields },
        who: nobody,
        isRestored: false,
        isIncomplete: false,
        errors: {},
        wrong: '',
      })
    },

    async hand() {
      if (this.data.isSending) return
      const { draft, who } = this.data
      const errors = missing(draft.fields, who)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '' })
        return this.showErrors()
      }
      if (this.data.isBusy) {
        this.setData({ isQueued: true })
        return
      }
      if (this.data.isIncomplete && !(await goesWithout())) return
      const isSent = await this.submit(() => inFields(this.send()))
      if (!isSent) return this.showErrors()
      this.begin()
      void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    async send() {
      const { draft, who } = this.data
      const input = inputOf(draft.fields, who)
      const receipt = draft.fields.isNamed ? await this.sendNamed(input) : await this.sendNameless(input)
      this.setData({ receipt })
      if (receipt) void wx.setNavigationBarTitle({ title: '回执' })
    },
    async sendNamed(input: TipInput): Promise<Receipt | null> {
      try {
        return await call('tip.submit', input, { key: this.data.draft.key })
      } catch (error) {
        if (!isKeyReused(error)) throw error
        // The answer to an earlier try was lost on the way; what was changed since was not taken.
        await wx.showModal({
          title: '之前那次已经收到',
          content: '网络不好，刚才没来得及告诉您。后来改的内容，可以在那件举报里补充。',
          showCancel: false,
          confirmText: '去看看',
        })
        void wx.redirectTo({ url: '/tips/mine/index' })
        return null
      }
    },
    async sendNameless(input: TipInput): Promise<Receipt> {
      const { key, fields } = this.data.draft
      const earlier = fields.sent.filter((one) => JSON.stringify(one) !== JSON.stringify(input))
      this.put({ sent: [...earlier, input] })
      const hand = (one: TipInput) => call('tip.submit', one, { key, isNameless: true })
      try {
        return await hand(input)
      } catch (error) {
        if (error instanceof Failure && error.status === 422) this.put({ sent: earlier })
        if (!isKeyReused(error)) throw error
      }
      // An earlier try was taken and its answer lost: the same again brings the receipt, which nobody else can give.
      this.setData({ isEarlier: true })
      return firstTaken([...earlier].reverse(), hand)
    },
    showErrors() {
      wx.nextTick(() => void wx.pageScrollTo({ selector: '.wrong', offsetTop: -160 }))
    },
  },
})

/** @throws Failure where none of them is the one that was taken */
async function firstTaken(tries: TipInput[], hand: (one: TipInput) => Promise<Receipt>): Promise<Receipt> {
  let refusal: unknown = new Failure({ title: '之前那次已经收到，但回执找不回来了。请打 12345 查问', status: 409 })
  for (const one of tries) {
    try {
      return await hand(one)
    } catch (error) {
      if (!isKeyReused(error)) refusal = error
    }
  }
  throw refusal
}
