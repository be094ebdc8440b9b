// One step of staff on a tip or a reward, `?verb=&id=`: each with its questions from the table in acts.ts.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { FileView, Input, Verb } from '../../services/api'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { newId } from '../../services/identifier'
import type { Staff } from '../../services/roster'
import { type Act, acts, type Context } from './acts'
import {
  type ActFields,
  faultsOf,
  headOfReward,
  headOfTip,
  type Head,
  inputOf,
  linesOf,
  noFields,
  type QuestionLine,
} from './view'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: string }>

/** It moved on meanwhile: what was typed stays, and it is shown as it is now. */
const MOVED_ON = ['stale', 'wrongState', 'keyReused']

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    verb: '',
    act: null as Act | null,
    context: { tip: null, reward: null, rules: null } as Context,
    head: null as Head | null,
    hint: '',
    lines: [] as QuestionLine[],
    files: [] as FileView[],
    isUploading: false,
    isPicking: false,
    today: today(),
    moved: '',
  },
  methods: {
    onLoad({ id = '', verb = '' }: Record<string, string | undefined>) {
      const act = acts[verb]
      if (!act) return
      void wx.setNavigationBarTitle({ title: act.title })
      this.setData({ id, verb, act })
      this.setData({ files: this.draft().fields.files })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { id, act, verb } = this.data
        const isTip = act?.subject === 'tip'
        const [tip, reward, rules] = await Promise.all([
          isTip ? call('tip.read', { id }) : null,
          isTip ? null : call('reward.read', { id }),
          verb === 'reward.propose' ? call('reward.rules', {}) : null,
        ])
        const head = tip ? headOfTip(tip) : reward ? headOfReward(reward) : null
        const context = { tip, reward, rules }
        this.setData({ context, head, hint: act?.hintOf?.(context) ?? act?.hint ?? '' })
        this.show()
        return true
      })
    },
    formName(): string {
      return `act.${this.data.verb}.${this.data.id}`
    },
    draft(): Draft<ActFields> {
      return readDraft(this.formName(), noFields())
    },
    change(change: (fields: ActFields) => Partial<ActFields>) {
      const draft = this.draft()
      keepDraft(this.formName(), { ...draft, fields: { ...draft.fields, ...change(draft.fields) } })
      this.show()
    },
    show() {
      const { act, errors, context } = this.data
      if (act) this.setData({ lines: linesOf(act, this.draft().fields, context, errors) })
    },
    type({ detail, currentTarget }: Typed) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '', wrong: '' })
      this.change(({ texts }) => ({ texts: { ...texts, [name]: detail.value } }))
    },
    openStaff() {
      this.setData({ isPicking: true })
    },
    closeStaff() {
      this.setData({ isPicking: false })
    },
    pickStaff({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      const { id, name } = detail.staff
      this.setData({ 'errors.postId': '', wrong: '' })
      this.change(() => ({ staff: { id, name } }))
    },
    takeFiles({ detail }: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean }>) {
      this.setData({ files: detail.files, isUploading: detail.isBusy })
      this.change(() => ({ files: detail.files }))
    },
    async hand() {
      const { act, verb, id, context, isUploading } = this.data
      if (!act) return
      if (isUploading) {
        void wx.showToast({ title: '附件还在上传，请稍等', icon: 'none' })
        return
      }
      const { fields, key } = this.draft()
      const errors = faultsOf(act, fields, context)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没填好的，请看红字' })
        this.show()
        return
      }
      const version = act.idName === 'id' ? { version: (context.tip ?? context.reward)?.version } : {}
      const input = { [act.idName]: id, ...version, ...inputOf(act, fields, context), ...act.along?.(context) }
      const isDone = await this.submit(() => this.command(verb as Verb, input, key))
      this.show()
      if (!isDone) return
      dropDraft(this.formName())
      void wx.showToast({ title: act.done, icon: 'none' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
    async command(verb: Verb, input: object, key: string) {
      try {
        await call(verb, input as Input<Verb>, { key })
      } catch (error) {
        if (error instanceof Failure && MOVED_ON.includes(error.type)) await this.lookAgain(error)
        throw error
      }
    },
    async lookAgain({ title }: Failure) {
      // A new key: what is sent next is another attempt, on what it is now.
      keepDraft(this.formName(), { ...this.draft(), key: newId() })
      this.setData({ moved: `${title}。下面是最新情况，您写的还在。` })
      await this.refresh()
    },
  },
})
