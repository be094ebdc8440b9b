// Offers a firm a visit: when, who comes, what for. The firm agrees first, or says no.
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today, weekdayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { haveWords } from '../../services/words'
import { form } from '../../behaviors/form'
import { choicesOf } from '../../services/choices'
import { firms as knownFirms, rememberStaff, usualStaff } from '../services/known'
import { noPlan, type PlanFields, planOf } from './view'

/** As far ahead as the server takes. */
const FURTHEST_MS = 92 * 86_400_000

Component({
  behaviors: [page, form],
  data: {
    form: '',
    fields: noPlan([]),
    kinds: [] as { value: string; label: string }[],
    week: '',
    first: '',
    last: '',
    dayText: '',
    timeText: '',
  },
  methods: {
    onLoad({ projectId = '', enterpriseId = '', week = '' }: Record<string, string | undefined>) {
      this.setData({
        form: `plan.${projectId || enterpriseId || 'new'}`,
        week: week || today(),
        first: today(),
        last: today(Date.now() + FURTHEST_MS),
      })
      this.show()
      void haveWords()
        .catch(() => undefined)
        .then(() => this.setData({ kinds: choicesOf('visitKinds') }))
      void this.prefill(projectId, enterpriseId)
    },
    draft(): Draft<PlanFields> {
      return readDraft(this.data.form, noPlan(usualStaff()))
    },
    change(change: Partial<PlanFields>) {
      const draft = this.draft()
      keepDraft(this.data.form, { ...draft, fields: { ...draft.fields, ...change } })
      this.show()
    },
    show() {
      const { fields } = this.draft()
      const { day, time } = fields
      this.setData({ fields, dayText: day ? weekdayText(day) : '', timeText: time })
    },
    /** The firm and the project with which it was opened; what is in the draft is left. */
    async prefill(projectId: string, enterpriseId: string) {
      if (this.draft().fields.firms.length > 0) return
      const known = await knownFirms().catch(() => [])
      const firm = known.find(({ id, projects }) => id === enterpriseId || projects.some((one) => one.id === projectId))
      if (!firm || this.draft().fields.firms.length > 0) return
      const project = firm.projects.find(({ id }) => id === projectId) ?? null
      this.change({ firms: [{ id: firm.id, name: firm.name }], project })
    },
    take({ detail }: WechatMiniprogram.CustomEvent<Partial<PlanFields>>) {
      this.setData({ errors: {} })
      this.change(detail)
    },
    chooseKind({ detail }: WechatMiniprogram.CustomEvent<{ value: PlanFields['kind'] }>) {
      this.change({ kind: detail.value })
    },
    chooseDay({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ day: detail.value })
    },
    chooseTime({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ time: detail.value })
    },
    anyDay() {
      this.change({ day: '', time: '' })
    },
    typeNote({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ note: detail.value })
    },
    async hand() {
      const { key, fields } = this.draft()
      let id = ''
      const isDone = await this.submit(async () => {
        ;({ id } = await call('visit.plan', planOf(fields, this.data.week), { key }))
      })
      if (!isDone) return
      dropDraft(this.data.form)
      rememberStaff(fields.staff)
      void wx.showToast({ title: '已发给企业，等答复', icon: 'none' })
      setTimeout(() => void wx.redirectTo({ url: `/pages/visit/index?id=${id}` }), 700)
    },
  },
})
