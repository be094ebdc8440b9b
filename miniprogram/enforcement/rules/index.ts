// 奖励标准: amounts of the levels and limits of paying, to read, and for who may, to change.
import { form } from '../../behaviors/form'
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { choicesOf } from '../../services/choices'
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { faultsOf, fieldsOf, inputOf, noFields, type Rules, shownOf } from './view'

const FORM = 'reward.rules.change'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: string }>

Component({
  behaviors: [page, loading, form],
  data: {
    rules: null as Rules | null,
    shown: null as ReturnType<typeof shownOf> | null,
    canChange: false,
    isChanging: false,
    texts: {} as Record<string, string>,
    units: [] as { value: string; label: string }[],
    marks: [
      { value: 'yes', label: '市局已确认' },
      { value: 'no', label: '待市局确认' },
    ],
    sums: [
      { name: 'dailyTotalFen', label: '一天最多发多少元' },
      { name: 'perPersonDailyFen', label: '一个人一天最多多少元' },
      { name: 'lowBalanceFen', label: '余额低于多少元提醒' },
    ],
  },
  methods: {
    onShow() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.take(await call('reward.rules', {}))
        return true
      })
    },
    take(rules: Rules) {
      const canChange = rules.can.includes('reward.saveRules')
      this.setData({ rules, shown: shownOf(rules), canChange, units: choicesOf('claimUnits') })
    },
    begin() {
      const { rules } = this.data
      if (!rules) return
      const draft = readDraft(FORM, noFields)
      // A change begun on what has been changed since begins anew.
      const fields = draft.fields.version === rules.version ? draft.fields : fieldsOf(rules)
      keepDraft(FORM, { ...draft, fields })
      this.setData({ isChanging: true, texts: fields.texts, errors: {}, wrong: '' })
    },
    giveUp() {
      dropDraft(FORM)
      this.setData({ isChanging: false, errors: {}, wrong: '' })
    },
    type({ detail, currentTarget }: Typed) {
      const { name } = currentTarget.dataset
      const draft = readDraft(FORM, noFields)
      const texts = { ...draft.fields.texts, [name]: detail.value }
      keepDraft(FORM, { ...draft, fields: { ...draft.fields, texts } })
      this.setData({ texts, wrong: '', errors: { ...this.data.errors, [name]: '' } })
    },
    async save() {
      const { rules } = this.data
      if (!rules) return
      const levels = rules.levels.map(({ level }) => level)
      const { fields, key } = readDraft(FORM, noFields)
      const errors = faultsOf(fields, levels)
      if (Object.keys(errors).length > 0) {
        this.setData({ errors, wrong: '还有没填好的，请看红字' })
        return
      }
      const { confirm } = await wx.showModal({
        title: '修改奖励标准',
        content: '以后认定的奖励按新标准。已经认定的金额不变。',
        confirmText: '保存',
      })
      if (!confirm) return
      const isDone = await this.submit(async () => {
        try {
          this.take(await call('reward.saveRules', inputOf(fields, levels), { key }))
        } catch (error) {
          if (error instanceof Failure && error.status === 409) {
            this.giveUp()
            await this.refresh()
          }
          throw error
        }
      })
      if (!isDone) return
      this.giveUp()
      void wx.showToast({ title: '已保存', icon: 'success' })
    },
  },
})
