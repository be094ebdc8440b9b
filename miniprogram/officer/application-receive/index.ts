// 窗口收件: what is applied for, by whom, and each material of the guide's list ticked off. Kept as it is filled in.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { start } from '../../services/session'
import type { Named } from '../../services/visitRecord'
import { form } from '../../behaviors/form'
import { answers, inputOf, linesOf, type Material, noFields, outlookOf, type ReceiveFields, unchecked } from './view'

const FORM = 'application.receive'
/** All guides come at once. */
const ALL = 100

type Valued = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: string }>

Component({
  behaviors: [page, loading, form],
  data: {
    fields: noFields(today()),
    guides: [] as { id: string; title: string }[],
    materials: [] as Material[],
    lines: [] as ReturnType<typeof linesOf>,
    outlook: '',
    answers,
    firms: [] as Named[],
    today: today(),
  },
  methods: {
    onLoad() {
      this.setData({ fields: this.draft().fields })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const { items } = await call('guide.search', { limit: ALL })
        // 行政许可法 speaks of licences only.
        const licences = items.filter(({ kind }) => kind === '许可')
        this.setData({ guides: licences.map(({ id, title }) => ({ id, title })) })
        await this.readList()
        return true
      })
    },
    /** The list of the guide that was chosen. */
    async readList() {
      const { guide } = this.data.fields
      const materials = guide ? (await call('guide.read', { id: guide.id })).materials : []
      this.setData({ materials })
      this.show()
    },
    draft(): Draft<ReceiveFields> {
      return readDraft(FORM, noFields(today()))
    },
    change(change: Partial<ReceiveFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(FORM, { ...draft, fields })
      this.setData({ fields, wrong: '' })
      this.show()
    },
    show() {
      const { materials, fields } = this.data
      this.setData({
        lines: linesOf(materials, fields.checks),
        outlook: outlookOf(materials, fields.checks),
        firms: fields.firm ? [fields.firm] : [],
      })
    },
    pickGuide({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const guide = this.data.guides[Number(detail.value)]
      if (!guide) return
      this.change({ guide, checks: {} })
      this.setData({ 'errors.guideId': '' })
      void this.load(async () => {
        await this.readList()
        return true
      })
    },
    pickFirm({ detail }: WechatMiniprogram.CustomEvent<{ firms: Named[]; project: Named | null }>) {
      // One application, one applicant: the one picked last.
      const firm = detail.firms[detail.firms.length - 1] ?? null
      this.setData({ 'errors.enterpriseId': '' })
      this.change({ firm, project: detail.project })
    },
    switchFirm() {
      this.setData({ errors: {} })
      this.change({ isNewFirm: !this.data.fields.isNewFirm })
    },
    type({ detail, currentTarget }: Valued) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '' })
      this.change({ [name]: detail.value })
    },
    pickDay({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ receivedOn: detail.value })
    },
    checksWith(name: string, change: Partial<ReceiveFields['checks'][string]>) {
      const { checks } = this.draft().fields
      const before = checks[name] ?? { is: '' as const, note: '' }
      this.change({ checks: { ...checks, [name]: { ...before, ...change } } })
    },
    check({ detail, currentTarget }: WechatMiniprogram.CustomEvent<{ value: 'yes' | 'no' }, {}, { name: string }>) {
      this.setData({ 'errors.materials': '' })
      this.checksWith(currentTarget.dataset.name, { is: detail.value })
    },
    typeNote({ detail, currentTarget }: Valued) {
      this.checksWith(currentTarget.dataset.name, { note: detail.value })
    },
    async hand() {
      const { materials } = this.data
      const { key, fields } = this.draft()
      const errors = unchecked(fields, materials)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没填的，请看红字' })
        return
      }
      let id = ''
      const isDone = await this.submit(async () => {
        id = (await call('application.receive', inputOf(fields, materials), { key })).id
      })
      if (!isDone) return
      dropDraft(FORM)
      void wx.showToast({ title: '已收件', icon: 'success' })
      void wx.redirectTo({ url: `/officer/application/index?id=${id}` })
    },
  },
})
