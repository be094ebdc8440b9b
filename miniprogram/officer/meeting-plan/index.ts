// Plans a progress meeting of a team one keeps, or changes the plan of one. Takes `?id=` of the meeting to change.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today, weekdayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { form } from '../../behaviors/form'
import type { Staff } from '../../services/roster'
import { noPlan, type PlanFields, planOf } from './view'

interface Named {
  id: string
  name: string
}
type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: 'topic' | 'place' }>

const ALL_AT_ONCE = 100

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    version: 0,
    teams: [] as { value: string; label: string }[],
    fields: noPlan(),
    first: '',
    dayText: '',
    picking: '' as '' | 'project' | 'staff',
    projectIds: [] as string[],
    peopleIds: [] as string[],
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id, first: today() })
      if (id) void wx.setNavigationBarTitle({ title: '改推进会安排' })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { items } = await call('team.list', { isActive: true, limit: ALL_AT_ONCE })
        const teams = items
          .filter(({ can }) => can.includes('meeting.plan'))
          .map(({ id, name }) => ({ value: id, label: name }))
        this.setData({ teams })
        if (this.data.id) await this.takeOver()
        else if (this.draft().fields.teamId === '') this.change({ teamId: teams[0]?.value ?? '' })
        this.show()
        return teams.length > 0
      })
    },
    /** What was planned stands in the form, unless it was already changed here. */
    async takeOver() {
      const meeting = await call('meeting.read', { id: this.data.id })
      this.setData({ version: meeting.version })
      if (this.draft().fields.teamId !== '') return
      this.change({
        teamId: meeting.team.id,
        topic: meeting.topic,
        day: meeting.onDate,
        time: meeting.time ?? '',
        place: meeting.place ?? '',
        projects: meeting.projects,
        people: meeting.attendance.map(({ postId, name }) => ({ id: postId, name })),
      })
    },
    formName(): string {
      return `meeting.plan.${this.data.id || 'new'}`
    },
    draft(): Draft<PlanFields> {
      return readDraft(this.formName(), noPlan())
    },
    change(change: Partial<PlanFields>) {
      const draft = this.draft()
      keepDraft(this.formName(), { ...draft, fields: { ...draft.fields, ...change } })
      this.show()
    },
    show() {
      const { fields } = this.draft()
      this.setData({
        fields,
        dayText: fields.day ? weekdayText(fields.day) : '',
        projectIds: fields.projects.map(({ id }) => id),
        peopleIds: fields.people.map(({ id }) => id),
      })
    },
    chooseTeam({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ teamId: detail.value })
    },
    type({ detail, currentTarget }: Typed) {
      this.change({ [currentTarget.dataset.name]: detail.value })
    },
    chooseDay({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ day: detail.value })
    },
    chooseTime({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ time: detail.value })
    },
    pickProjects() {
      this.setData({ picking: 'project' })
    },
    pickStaff() {
      this.setData({ picking: 'staff' })
    },
    closePicker() {
      this.setData({ picking: '' })
    },
    takeProject({ detail }: WechatMiniprogram.CustomEvent<{ project: Named; isOn: boolean }>) {
      const others = this.draft().fields.projects.filter(({ id }) => id !== detail.project.id)
      this.change({ projects: detail.isOn ? [...others, detail.project] : others })
    },
    takePerson({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff; isOn: boolean }>) {
      const { id, name } = detail.staff
      const others = this.draft().fields.people.filter((one) => one.id !== id)
      this.change({ people: detail.isOn ? [...others, { id, name }] : others })
    },
    dropProject({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      this.change({ projects: this.draft().fields.projects.filter(({ id }) => id !== currentTarget.dataset.id) })
    },
    dropPerson({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      this.change({ people: this.draft().fields.people.filter(({ id }) => id !== currentTarget.dataset.id) })
    },
    async hand() {
      const { id, version } = this.data
      const { key, fields } = this.draft()
      if (fields.day === '') {
        this.setData({ errors: { onDate: '请选日期' }, wrong: '还没有选日期' })
        return
      }
      let meetingId = ''
      const isDone = await this.submit(async () => {
        const input = planOf(fields, id ? { id, version } : null)
        ;({ id: meetingId } = await call('meeting.plan', input, { key }))
      })
      if (!isDone) return
      dropDraft(this.formName())
      void wx.showToast({ title: '已通知要参加的人', icon: 'none' })
      const url = `/supervisor/meeting/index?id=${meetingId}`
      setTimeout(() => void (id ? wx.navigateBack() : wx.redirectTo({ url })), 700)
    },
  },
})
