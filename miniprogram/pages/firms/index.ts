// One's firms: which there are and whether verified; join one by its code; leave one.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { type FieldErrors, fieldErrorsOf } from '../../services/fieldErrors'
import { newId } from '../../services/identifier'
import { setMe, start } from '../../services/session'
import { districts } from '../../services/words'
import { CODE_LENGTH, firmOf, inputOf, type Joining, notJoining, tidiedCode } from './view'

const FORM = 'firm'

Component({
  behaviors: [page, loading, sending],
  data: {
    firms: [] as ReturnType<typeof firmOf>[],
    isJoining: false,
    draft: { key: '', fields: notJoining } as Draft<Joining>,
    /** What the fields begin with: what is typed is not sent back into them. */
    begin: notJoining,
    faults: {} as FieldErrors,
    districts: [] as { code: string; name: string }[],
    district: '',
    codeLength: CODE_LENGTH,
  },
  methods: {
    onLoad() {
      const draft = readDraft(FORM, notJoining)
      this.setData({ draft, begin: draft.fields, isJoining: draft.fields.creditCode !== '' })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const me = await call('session.me', {})
        setMe(me)
        const firms = me.enterprises.map(firmOf)
        this.setData({
          // Those one has left come last.
          firms: [...firms.filter(({ isIn }) => isIn), ...firms.filter(({ isIn }) => !isIn)],
          districts: districts().map(({ code, name }) => ({ code, name })),
          isJoining: this.data.isJoining || firms.length === 0,
        })
        this.showDistrict()
        return true
      })
    },
    showDistrict() {
      const code = this.data.draft.fields.districtCode
      this.setData({ district: this.data.districts.find((one) => one.code === code)?.name ?? '' })
    },
    beginJoining() {
      this.setData({ isJoining: true })
    },
    /** Something else is another request, under another key. */
    keep(changed: Partial<Joining>, field: string) {
      const draft = { key: newId(), fields: { ...this.data.draft.fields, ...changed } }
      keepDraft(FORM, draft)
      this.setData({ draft, [`faults.${field}`]: '' })
    },
    typeCode(event: WechatMiniprogram.Input) {
      const creditCode = tidiedCode(event.detail.value)
      const { fields } = this.data.draft
      // Another firm: whether it is known is asked anew.
      this.keep({ creditCode, isNew: fields.isNew && creditCode === fields.creditCode }, 'creditCode')
      return creditCode
    },
    typeName(event: WechatMiniprogram.Input) {
      this.keep({ name: event.detail.value }, 'name')
    },
    typeTitle(event: WechatMiniprogram.Input) {
      this.keep({ title: event.detail.value }, 'title')
    },
    chooseDistrict(event: WechatMiniprogram.PickerChange) {
      const district = this.data.districts[Number(event.detail.value)]
      if (!district) return
      this.keep({ districtCode: district.code }, 'districtCode')
      this.showDistrict()
    },
    async join() {
      const { key, fields } = this.data.draft
      if (fields.creditCode.length < CODE_LENGTH) {
        return this.setData({ 'faults.creditCode': `还差${CODE_LENGTH - fields.creditCode.length}位，一共18位` })
      }
      let isTaken = false
      await this.send(async () => {
        try {
          await call('enterprise.join', inputOf(fields), { key })
          isTaken = true
        } catch (error) {
          const faults = fieldErrorsOf(error)
          if (!faults) throw error
          // The server asks for the name of a firm that is new to it: no fault of who typed the code.
          const isAsked = faults['name'] !== undefined && !fields.isNew
          if (isAsked) this.keep({ isNew: true }, 'name')
          this.setData({ faults: isAsked ? {} : faults })
        }
      })
      if (!isTaken) return
      dropDraft(FORM)
      this.setData({
        isJoining: false,
        draft: readDraft(FORM, notJoining),
        begin: notJoining,
        faults: {},
        district: '',
      })
      await this.refresh()
      void wx.showToast({ title: '已提交，等待核实', icon: 'none' })
    },
    again(event: WechatMiniprogram.TouchEvent<{}, {}, { code: string }>) {
      this.keep({ creditCode: event.currentTarget.dataset.code, isNew: false }, 'creditCode')
      this.setData({ isJoining: true, begin: this.data.draft.fields })
      void wx.pageScrollTo({ selector: '#join' })
    },
    async leave(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string; name: string }>) {
      const { id, name } = event.currentTarget.dataset
      const content = `退出后看不到${name}的项目和诉求，您提过的诉求还在办。以后可以再加入。`
      const { confirm } = await wx.showModal({ title: '退出这家企业？', content, confirmText: '退出' })
      if (!confirm) return
      const isDone = await this.send(() => call('enterprise.leave', { id }))
      if (isDone) await this.refresh()
    },
  },
})
