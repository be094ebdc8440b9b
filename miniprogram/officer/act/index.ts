// One step of staff on a case: answer, ask for more, transfer … each with its questions from the table in verbs.ts.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { CaseView, FileView, Input, Verb } from '../../services/api'
import { call } from '../../services/call'
import { dropDraft, keepDraft, readDraft, type Draft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { newId } from '../../services/identifier'
import type { Staff, Unit } from '../../services/roster'
import { form } from '../../behaviors/form'
import { type Act, type ActVerb, acts, isActVerb } from './verbs'
import { type ActFields, headOf, inputOf, linesOf, noFields, type QuestionLine, unchosen, unfilled } from './view'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: string }>

/** The case moved on meanwhile: what was typed stays, the case is shown as it is now. */
const MOVED_ON = ['stale', 'wrongState', 'keyReused']

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    verb: '' as ActVerb | '',
    act: null as Act | null,
    head: null as ReturnType<typeof headOf> | null,
    pending: null as ReturnType<NonNullable<Act['pending']>> | null,
    lines: [] as QuestionLine[],
    files: [] as FileView[],
    isUploading: false,
    version: 0,
    category: '',
    unitId: '',
    officerIds: [] as string[],
    picking: '' as '' | 'unit' | 'staff' | 'reply',
    staffUnit: '',
    exceptUnits: [] as string[],
    isStaffUnitFixed: false,
    isWhole: false,
    moved: '',
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const { id = '' } = query
      const verb = (query['verb'] ?? '').replace(/^case\./, '')
      if (!isActVerb(verb)) return
      const act = acts[verb]
      void wx.setNavigationBarTitle({ title: act.title })
      this.setData({ id, verb, act })
      this.setData({ files: this.draft().fields.files })
      this.show()
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.take(await call('case.read', { id: this.data.id }))
        return true
      })
    },
    take(view: CaseView) {
      const { act } = this.data
      this.setData({
        head: headOf(view),
        pending: act?.pending?.(view) ?? null,
        version: view.version,
        category: view.category,
        unitId: view.unit?.id ?? '',
        officerIds: view.officer ? [view.officer.postId] : [],
        exceptUnits: this.data.verb === 'assist' && view.unit ? [view.unit.id] : [],
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
      const { act, errors } = this.data
      if (act) this.setData({ lines: linesOf(act, this.draft().fields, errors) })
    },
    type({ detail, currentTarget }: Typed) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '' })
      this.change(({ texts }) => ({ texts: { ...texts, [name]: detail.value } }))
    },
    openUnits() {
      this.setData({ picking: 'unit' })
    },
    openStaff() {
      const { unit } = this.draft().fields
      const isOfCase = this.data.verb === 'assign'
      const staffUnit = isOfCase ? this.data.unitId : (unit?.id ?? '')
      this.setData({ picking: 'staff', staffUnit, isStaffUnitFixed: !isOfCase })
    },
    openReplies() {
      this.setData({ picking: 'reply' })
    },
    closePicker() {
      this.setData({ picking: '' })
    },
    pickUnit({ detail }: WechatMiniprogram.CustomEvent<{ unit: Unit }>) {
      const { id, name } = detail.unit
      this.setData({ 'errors.unitId': '', 'errors.officerId': '' })
      this.change(({ unit, staff }) => ({ unit: { id, name }, staff: unit?.id === id ? staff : null }))
    },
    pickStaff({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      const { id, name } = detail.staff
      this.setData({ 'errors.officerId': '' })
      this.change(() => ({ staff: { id, name } }))
    },
    dropStaff() {
      this.change(() => ({ staff: null }))
    },
    /** Behind what is there already: nothing typed is lost. */
    pickReply({ detail }: WechatMiniprogram.CustomEvent<{ text: string }>) {
      this.change(({ texts }) => {
        const before = (texts['text'] ?? '').trimEnd()
        return { texts: { ...texts, text: before ? `${before}\n${detail.text}` : detail.text } }
      })
    },
    takeFiles({ detail }: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean }>) {
      this.setData({ files: detail.files, isUploading: detail.isBusy })
      this.change(() => ({ files: detail.files }))
    },
    toggle() {
      this.setData({ isWhole: !this.data.isWhole })
    },
    async hand() {
      const { act, verb, id, version, isUploading } = this.data
      if (!act || !verb) return
      if (isUploading) {
        void wx.showToast({ title: '附件还在上传，请稍等', icon: 'none' })
        return
      }
      const draft = this.draft()
      const errors = { ...unchosen(act, draft.fields), ...unfilled(act, draft.fields) }
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没填好的，请看红字' })
        this.show()
        return
      }
      const isDone = await this.submit(() =>
        this.command(`case.${verb}`, { id, version, ...inputOf(act, draft.fields) }, draft.key),
      )
      this.show()
      if (!isDone) return
      dropDraft(this.formName())
      void wx.showToast({ title: act.done, icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
    async command(verb: `case.${ActVerb}`, input: object, key: string) {
      try {
        await call(verb as Verb, input as Input<Verb>, { key })
      } catch (error) {
        if (error instanceof Failure && MOVED_ON.includes(error.type)) await this.lookAgain(error)
        throw error
      }
    },
    async lookAgain({ title }: Failure) {
      // A new key: what is sent next is another attempt, on the case as it is now.
      keepDraft(this.formName(), { ...this.draft(), key: newId() })
      this.setData({ moved: `${title}。下面是最新情况，您写的还在。` })
      await this.refresh()
    },
  },
})
