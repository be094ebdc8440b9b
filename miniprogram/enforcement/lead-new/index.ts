// A lead written down by the enforcement team: the firm, what exceeded what and when, or in words what is to be checked.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { FileView } from '../../services/api'
import { call } from '../../services/call'
import { choicesOf } from '../../services/choices'
import { today } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { units } from '../../services/roster'
import { start } from '../../services/session'
import { districtOptions, faultsOf, inputOf, isMeasured, type LeadFields, noFields, unitOptions } from './view'

const FORM = 'lead.create'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: keyof LeadFields }>

Component({
  behaviors: [page, loading, form],
  data: {
    fields: noFields,
    isMeasured: true,
    sources: [] as { value: string; label: string }[],
    districts: [] as { id: string; name: string }[],
    branches: [] as { id: string; name: string }[],
    today: today(),
    isUploading: false,
  },
  methods: {
    onLoad() {
      this.show()
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const branches = (await units()).filter(({ kind }) => kind === 'branch')
        this.setData({
          sources: choicesOf('leadSources'),
          districts: districtOptions(),
          branches: unitOptions(branches),
        })
        return true
      })
    },
    draft(): Draft<LeadFields> {
      return readDraft(FORM, noFields)
    },
    show() {
      const { fields } = this.draft()
      this.setData({ fields, isMeasured: isMeasured(fields) })
    },
    change(change: Partial<LeadFields>) {
      const draft = this.draft()
      keepDraft(FORM, { ...draft, fields: { ...draft.fields, ...change } })
      this.show()
    },
    type({ detail, currentTarget }: Typed) {
      const { name } = currentTarget.dataset
      this.setData({ [`errors.${name}`]: '', wrong: '' })
      this.change({ [name]: detail.value })
    },
    pickTime({ detail, currentTarget }: Typed) {
      this.setData({ 'errors.exceededAt': '', wrong: '' })
      this.change({ [currentTarget.dataset.name]: detail.value })
    },
    takeFiles({ detail }: WechatMiniprogram.CustomEvent<{ files: FileView[]; isBusy: boolean }>) {
      this.setData({ isUploading: detail.isBusy })
      this.change({ files: detail.files })
    },
    async hand() {
      if (this.data.isUploading) {
        void wx.showToast({ title: '照片还在上传，请稍等', icon: 'none' })
        return
      }
      const { key, fields } = this.draft()
      const errors = faultsOf(fields)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有要改的，请看红字' })
        return
      }
      let id = ''
      const isDone = await this.submit(async () => {
        id = (await call('lead.create', inputOf(fields), { key })).id
      })
      if (!isDone) return
      dropDraft(FORM)
      void wx.showToast({ title: '已登记', icon: 'success' })
      void wx.redirectTo({ url: `/enforcement/lead/index?id=${id}` })
    },
  },
})
