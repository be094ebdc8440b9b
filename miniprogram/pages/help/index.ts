// 我要求助: what is asked, with files, for which firm or project; kept as it is typed, sent once however often it is tapped.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { CaseView, FileView, ItemOf, Me } from '../../services/api'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { type FieldErrors, fieldErrorsOf } from '../../services/fieldErrors'
import { newId } from '../../services/identifier'
import { goesWithout, keepPicked } from '../../services/picking'
import { setMe, start } from '../../services/session'
import { openSubject } from '../../services/subjects'
import {
  type About,
  categories,
  type Category,
  districtOptions,
  emptyFields,
  type Fields,
  firmNote,
  firmOptions,
  hintsOf,
  inputOf,
  isBegun,
  missing,
  officerOptions,
  type Option,
  projectOptions,
  titleOf,
  unitOptions,
  withAnswers,
} from './view'

type Chosen = WechatMiniprogram.CustomEvent<{ value: string }>
type Tap<T extends object> = WechatMiniprogram.TouchEvent<{}, {}, T>
type Similar = ItemOf<'case.similar'>

const FORM = 'help'
/** Fewer characters resemble anything. */
const WORTH_COMPARING = 4

Component({
  behaviors: [page, loading, sending],
  data: {
    categories,
    draft: { key: '', fields: emptyFields } as Draft<Fields>,
    /** What the inputs begin with: what is typed is not sent back into them. */
    begin: { title: '', text: '' },
    isRestored: false,
    isChoosing: true,
    categoryTitle: '',
    hints: hintsOf(''),
    guideTitle: '',
    firms: [] as Option[],
    projects: [] as Option[],
    places: [] as Option[],
    units: [] as Option[],
    officers: [] as Option[],
    firmNote: '',
    hasPhone: true,
    phoneSaid: '',
    similar: [] as Similar[],
    comparedWith: '',
    errors: {} as FieldErrors,
    isBusy: false,
    /** Tapped while files are still on their way: it goes when they have arrived. */
    isQueued: false,
    isIncomplete: false,
    result: null as CaseView | null,
  },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      const draft = readDraft(FORM, emptyFields)
      const isRestored = isBegun(draft.fields)
      const { guideId = '', projectId = '', text = '', answers = '', districtCode = '' } = query
      if (guideId) draft.fields = { ...draft.fields, guideId, category: draft.fields.category || 'procedure' }
      if (projectId) draft.fields = { ...draft.fields, projectId }
      if (districtCode) draft.fields = { ...draft.fields, districtCode }
      if (text && !draft.fields.text) draft.fields = { ...draft.fields, text: decodeURIComponent(text) }
      if (answers) draft.fields = { ...draft.fields, text: withAnswers(draft.fields.text, decodeURIComponent(answers)) }
      this.begin(draft)
      this.setData({ isRestored })
      void this.fetch()
    },
    begin(draft: Draft<Fields>) {
      const { category, title, text } = draft.fields
      this.setData({
        draft,
        begin: { title, text },
        isChoosing: category === '',
        categoryTitle: titleOf(category),
        hints: hintsOf(category),
        errors: {},
        similar: [],
        comparedWith: '',
      })
    },
    fetch() {
      return this.load(async () => {
        const me = await start()
        const { fields } = this.data.draft
        // Without a connection the form is still there to be written in.
        const [projects, guide] = await Promise.all([
          call('project.list', { limit: 100 }).catch(() => ({ items: [] })),
          fields.guideId ? call('guide.read', { id: fields.guideId }).catch(() => null) : null,
        ])
        const firms = firmOptions(me)
        const isMine = firms.some(({ id }) => id === fields.enterpriseId)
        const enterpriseId = isMine && fields.enterpriseId ? fields.enterpriseId : (firms[0]?.id ?? '')
        this.setData({
          firms,
          projects: projectOptions(projects.items, me),
          officers: officerOptions(projects.items),
          guideTitle: guide?.title ?? '',
          hasPhone: me.phone !== null,
        })
        this.put({ enterpriseId })
        this.tellPlace(me)
        if (fields.category === 'complaint') void this.loadAccused()
        return true
      })
    },
    tellPlace(me: Me) {
      const { enterpriseId } = this.data.draft.fields
      this.setData({ places: districtOptions(me, enterpriseId), firmNote: firmNote(me, enterpriseId) })
    },
    /** Whom a complaint can be about. */
    async loadAccused() {
      if (this.data.units.length > 0) return
      const [{ items: units }, { items: cases }] = await Promise.all([
        call('unit.list', {}).catch(() => ({ items: [] })),
        call('case.list', { scope: 'mine', limit: 100 }).catch(() => ({ items: [] })),
      ])
      const known = this.data.officers.map(({ id, name }) => ({ officer: { postId: id, name } }))
      this.setData({ units: unitOptions(units), officers: officerOptions([...known, ...cases]) })
    },
    /** Changes the form and keeps it, at each key stroke. */
    put(change: Partial<Fields>) {
      const draft = { ...this.data.draft, fields: { ...this.data.draft.fields, ...change } }
      const errors = Object.fromEntries(Object.entries(this.data.errors).filter(([field]) => !(field in change)))
      this.setData({ draft, ...(Object.keys(errors).length < Object.keys(this.data.errors).length && { errors }) })
      keepDraft(FORM, draft)
    },

    chooseCategory(event: Tap<{ code: Category }>) {
      const { code } = event.currentTarget.dataset
      this.put({ category: code })
      this.setData({ isChoosing: false, categoryTitle: titleOf(code), hints: hintsOf(code) })
      void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
      if (code === 'complaint') void this.loadAccused()
    },
    chooseAgain() {
      this.setData({ isChoosing: true })
    },
    chooseAbout(event: Tap<{ about: About }>) {
      this.put({ about: event.currentTarget.dataset.about })
    },
    onTitle(event: Chosen) {
      this.put({ title: event.detail.value })
    },
    onText(event: Chosen) {
      this.put({ text: event.detail.value })
    },
    onUnit(event: Chosen) {
      this.put({ aboutUnitId: event.detail.value })
    },
    onOfficer(event: Chosen) {
      this.put({ aboutPostId: event.detail.value })
    },
    onProject(event: Chosen) {
      this.put({ projectId: event.detail.value })
    },
    onPlace(event: Chosen) {
      this.put({ districtCode: event.detail.value })
    },
    async onFirm(event: Chosen) {
      this.put({ enterpriseId: event.detail.value })
      this.tellPlace(await start())
    },
    onFiles(event: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean; isIncomplete: boolean }>) {
      const { files, isBusy, isIncomplete } = event.detail
      this.put({ files })
      const goes = this.data.isQueued && !isBusy
      this.setData({ isBusy, isIncomplete, isQueued: this.data.isQueued && isBusy, 'errors.fileIds': '' })
      if (goes) void this.submit()
    },
    dropGuide() {
      this.put({ guideId: '' })
      this.setData({ guideTitle: '' })
    },
    async clear() {
      const { confirm } = await wx.showModal({
        title: '清空重写？',
        content: '刚才写的内容和文件都会去掉',
        confirmText: '清空',
      })
      if (!confirm) return
      dropDraft(FORM)
      keepPicked(FORM, [])
      const { enterpriseId } = this.data.draft.fields
      this.begin({ key: newId(), fields: { ...emptyFields, enterpriseId } })
      this.setData({ isRestored: false, isIncomplete: false })
    },
    openCase(event: Tap<{ id: string }>) {
      openSubject({ subjectKind: 'case', subjectId: event.currentTarget.dataset.id })
    },
    async bindPhone(event: WechatMiniprogram.CustomEvent<{ code?: string }>) {
      const { code } = event.detail
      if (!code) {
        this.setData({ phoneSaid: '没关系，不留也能提交。专员会在这里答复您，只是没法给您打电话。' })
        return
      }
      const isDone = await this.send(async () => setMe(await call('person.bindPhone', { code })))
      if (isDone) this.setData({ hasPhone: true })
    },

    compareSoon() {
      void this.compare()
    },
    /** Looks for what the person may have asked already; true when there is something not yet shown. */
    async compare(): Promise<boolean> {
      const { title, text, enterpriseId } = this.data.draft.fields
      const subject = `${title}\n${text}`
      if (title.trim().length < WORTH_COMPARING || subject === this.data.comparedWith) return false
      const ask = { title: title.slice(0, 100), ...(text.trim() && { text }), ...(enterpriseId && { enterpriseId }) }
      const { items } = await call('case.similar', ask).catch(() => ({ items: [] as Similar[] }))
      const known = new Set(this.data.similar.map(({ id }) => id))
      this.setData({ similar: items, comparedWith: subject })
      return items.some(({ id }) => !known.has(id))
    },
    async submit() {
      if (this.data.isSending) return
      const errors = missing(this.data.draft.fields)
      this.setData({ errors })
      if (Object.keys(errors).length > 0) return this.showErrors()
      if (this.data.isBusy) {
        this.setData({ isQueued: true })
        return
      }
      if (this.data.isIncomplete && !(await goesWithout())) return
      const isSent = await this.send(async () => {
        if (await this.compare()) {
          void wx.pageScrollTo({ selector: '#similar', offsetTop: -24 })
          return
        }
        await this.hand()
      })
      if (isSent && this.data.result) void wx.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    async hand() {
      const { key, fields } = this.data.draft
      try {
        const result = await call('case.submit', inputOf(fields), { key })
        this.setData({ result })
        void wx.setNavigationBarTitle({ title: '已提交' })
      } catch (error) {
        const errors = fieldErrorsOf(error)
        if (errors) {
          this.setData({ errors })
          this.showErrors()
          return
        }
        if (!(error instanceof Failure && error.type === 'keyReused')) throw error
        // The answer to an earlier try was lost on the way; what was changed since was not taken.
        await wx.showModal({
          title: '之前那次已经提交成功',
          content: '网络不好，刚才没来得及告诉您。后来改的内容，可以在那件诉求里补充。',
          showCancel: false,
          confirmText: '去看看',
        })
        void wx.switchTab({ url: '/pages/cases/index' })
      }
      dropDraft(FORM)
      keepPicked(FORM, [])
    },
    showErrors() {
      wx.nextTick(() => void wx.pageScrollTo({ selector: '.field-error', offsetTop: -160 }))
    },
  },
})
