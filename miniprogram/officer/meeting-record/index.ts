// Records a meeting: who came, what was said, what was raised and decided. Takes `?id=`. Kept on the phone as it is typed.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today, weekdayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { Failure } from '../../services/failure'
import { newId } from '../../services/identifier'
import { wordsOf } from '../../services/words'
import { form } from '../../behaviors/form'
import { choicesOf } from '../../services/choices'
import type { Staff } from '../../services/roster'
import {
  begunWith,
  type DecisionFields,
  type IssueFields,
  newDecision,
  newIssue,
  noRecord,
  type RecordFields,
  recordOf,
  unchosen,
} from './view'

interface Named {
  id: string
  name: string
}
type Tap = WechatMiniprogram.TouchEvent<{}, {}, { index: number }>
type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { index: number }>
type Picking = '' | 'staff' | 'projects' | 'issueProject' | 'responsible'

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    topic: '',
    isHeld: false,
    entered: '',
    fields: noRecord(),
    ways: [] as { value: string; label: string }[],
    categories: [] as string[],
    categoryCodes: [] as string[],
    issueLines: [] as (IssueFields & { categoryWord: string })[],
    decisionLines: [] as (DecisionFields & { dueText: string })[],
    first: '',
    picking: '' as Picking,
    at: -1,
    attendingIds: [] as string[],
    projectIds: [] as string[],
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id, first: today() })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const meeting = await call('meeting.read', { id: this.data.id })
        const open = wordsOf('categories').filter(({ code }) => code !== 'complaint')
        const isHeld = meeting.state === 'held'
        this.setData({
          topic: meeting.topic,
          isHeld,
          entered: isHeld ? `已经记了问题${meeting.issues}件、定下事项${meeting.decisions}件，这里只写还没记的。` : '',
          ways: choicesOf('issueWays'),
          categories: open.map(({ word }) => word),
          categoryCodes: open.map(({ code }) => code),
        })
        if (!this.draft().fields.isBegun) this.keep(begunWith(meeting))
        this.show()
        return true
      })
    },
    formName(): string {
      return `meeting.record.${this.data.id}`
    },
    draft(): Draft<RecordFields> {
      return readDraft(this.formName(), noRecord())
    },
    keep(fields: RecordFields) {
      keepDraft(this.formName(), { ...this.draft(), fields })
    },
    change(change: Partial<RecordFields>) {
      this.keep({ ...this.draft().fields, ...change })
      this.show()
    },
    show() {
      const { fields } = this.draft()
      const { categories, categoryCodes } = this.data
      this.setData({
        fields,
        issueLines: fields.issues.map((issue) => ({
          ...issue,
          categoryWord: categories[categoryCodes.indexOf(issue.category)] ?? '',
        })),
        decisionLines: fields.decisions.map((one) => ({ ...one, dueText: one.dueOn ? weekdayText(one.dueOn) : '' })),
        attendingIds: fields.attendance.map(({ postId }) => postId),
        projectIds: fields.projects.map(({ id }) => id),
      })
    },
    typeSummary({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.change({ summary: detail.value })
    },
    toggleCame({ currentTarget }: Tap) {
      const { index } = currentTarget.dataset
      const { attendance } = this.draft().fields
      this.change({
        attendance: attendance.map((one, at) => (at === index ? { ...one, isPresent: !one.isPresent } : one)),
      })
    },
    typeExcuse({ detail, currentTarget }: Typed) {
      const { index } = currentTarget.dataset
      const { attendance } = this.draft().fields
      this.change({ attendance: attendance.map((one, at) => (at === index ? { ...one, excuse: detail.value } : one)) })
    },
    changeIssue(index: number, change: Partial<IssueFields>) {
      const { issues } = this.draft().fields
      this.change({ issues: issues.map((one, at) => (at === index ? { ...one, ...change } : one)) })
    },
    changeDecision(index: number, change: Partial<DecisionFields>) {
      const { decisions } = this.draft().fields
      this.change({ decisions: decisions.map((one, at) => (at === index ? { ...one, ...change } : one)) })
    },
    addIssue() {
      const { issues, projects } = this.draft().fields
      this.change({ issues: [...issues, newIssue(projects.length === 1 ? (projects[0] ?? null) : null)] })
    },
    dropIssue({ currentTarget }: Tap) {
      this.change({ issues: this.draft().fields.issues.filter((_, at) => at !== currentTarget.dataset.index) })
    },
    typeIssue({ detail, currentTarget }: Typed) {
      this.changeIssue(currentTarget.dataset.index, { text: detail.value })
    },
    chooseWay({
      detail,
      currentTarget,
    }: WechatMiniprogram.CustomEvent<{ value: IssueFields['way'] }, {}, { index: number }>) {
      this.changeIssue(currentTarget.dataset.index, { way: detail.value })
    },
    chooseCategory({ detail, currentTarget }: Typed) {
      this.changeIssue(currentTarget.dataset.index, { category: this.data.categoryCodes[Number(detail.value)] ?? '' })
    },
    addDecision() {
      this.change({ decisions: [...this.draft().fields.decisions, newDecision()] })
    },
    dropDecision({ currentTarget }: Tap) {
      this.change({ decisions: this.draft().fields.decisions.filter((_, at) => at !== currentTarget.dataset.index) })
    },
    typeDecision({ detail, currentTarget }: Typed) {
      this.changeDecision(currentTarget.dataset.index, { text: detail.value })
    },
    chooseDue({ detail, currentTarget }: Typed) {
      this.changeDecision(currentTarget.dataset.index, { dueOn: detail.value })
    },
    open({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { picking: Picking; index?: number }>) {
      const { picking, index = -1 } = currentTarget.dataset
      this.setData({ picking, at: index })
    },
    closePicker() {
      this.setData({ picking: '' })
    },
    takePerson({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff; isOn: boolean }>) {
      const { id, name } = detail.staff
      if (this.data.picking === 'responsible') {
        this.changeDecision(this.data.at, { responsible: { id, name } })
        return
      }
      const others = this.draft().fields.attendance.filter(({ postId }) => postId !== id)
      const came = { postId: id, name, isPresent: true, excuse: '' }
      this.change({ attendance: detail.isOn ? [...others, came] : others })
    },
    takeProject({ detail }: WechatMiniprogram.CustomEvent<{ project: Named; isOn: boolean }>) {
      if (this.data.picking === 'issueProject') {
        this.changeIssue(this.data.at, { project: detail.project })
        return
      }
      const others = this.draft().fields.projects.filter(({ id }) => id !== detail.project.id)
      this.change({ projects: detail.isOn ? [...others, detail.project] : others })
    },
    async hand() {
      const { id } = this.data
      const { key, fields } = this.draft()
      const missing = unchosen(fields)
      if (missing) {
        this.setData({ wrong: missing })
        return
      }
      const isDone = await this.submit(async () => {
        try {
          await call('meeting.record', recordOf(id, fields), { key })
        } catch (error) {
          // What is sent next, put right, is another attempt.
          if (error instanceof Failure && error.status >= 400 && error.status < 500) {
            keepDraft(this.formName(), { ...this.draft(), key: newId() })
          }
          throw error
        }
      })
      if (!isDone) return
      dropDraft(this.formName())
      void wx.showToast({ title: '已记好', icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
  },
})
