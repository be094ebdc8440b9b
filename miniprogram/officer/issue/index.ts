// What holds a project up: written down, with what is done about it, and marked as solved.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input, ProjectView } from '../../services/api'
import { call } from '../../services/call'
import { dayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import type { Staff } from '../../services/roster'
import { form } from '../../behaviors/form'

type Typed = WechatMiniprogram.CustomEvent<{ value: string }, {}, { name: string }>
type Tap = WechatMiniprogram.TouchEvent<{}, {}, { id: string }>
interface IssueFields {
  text: string
  measures: string
  responsible: { id: string; name: string } | null
}
interface SolvedFields {
  measures: string
}

const noIssue = (): IssueFields => ({ text: '', measures: '', responsible: null })

const lineOf = ({
  id,
  text,
  measures,
  responsible,
  responsibleUnit,
  openedOn,
  solvedOn,
}: ProjectView['issues'][number]) => ({
  id,
  text,
  measures: measures ?? '',
  whose: [responsible?.name, responsibleUnit?.name].filter(Boolean).join(' · '),
  when: solvedOn ? `${dayText(openedOn)}登记，${dayText(solvedOn)}解决` : `${dayText(openedOn)}登记`,
  isSolved: solvedOn !== null,
})

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    project: null as ProjectView | null,
    open: [] as ReturnType<typeof lineOf>[],
    solved: [] as ReturnType<typeof lineOf>[],
    canAdd: false,
    canSolve: false,
    fields: noIssue(),
    /** The issue that is being solved. */
    solving: '',
    measures: '',
    isPicking: false,
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id })
      this.setData({ fields: this.draft().fields })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.take(await call('project.read', { id: this.data.id }))
        return true
      })
    },
    take(project: ProjectView) {
      const lines = project.issues.map(lineOf)
      this.setData({
        project,
        open: lines.filter(({ isSolved }) => !isSolved),
        solved: lines.filter(({ isSolved }) => isSolved),
        canAdd: project.can.includes('project.addIssue'),
        canSolve: project.can.includes('project.solveIssue'),
      })
    },
    draft(): Draft<IssueFields> {
      return readDraft(`issue.${this.data.id}`, noIssue())
    },
    change(change: Partial<IssueFields>) {
      const draft = this.draft()
      const fields = { ...draft.fields, ...change }
      keepDraft(`issue.${this.data.id}`, { ...draft, fields })
      this.setData({ fields })
    },
    type({ detail, currentTarget }: Typed) {
      this.change({ [currentTarget.dataset.name]: detail.value })
    },
    openPicker() {
      this.setData({ isPicking: true })
    },
    closePicker() {
      this.setData({ isPicking: false })
    },
    pick({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      const { id, name } = detail.staff
      this.change({ responsible: { id, name } })
    },
    dropPerson() {
      this.change({ responsible: null })
    },
    async add() {
      const { project } = this.data
      if (!project) return
      const { key, fields } = this.draft()
      const { text, measures, responsible } = fields
      const input: Input<'project.addIssue'> = {
        id: project.id,
        text,
        ...(measures.trim() && { measures }),
        ...(responsible && { responsiblePostId: responsible.id }),
      }
      const isDone = await this.submit(async () => this.take(await call('project.addIssue', input, { key })))
      if (!isDone) return
      dropDraft(`issue.${project.id}`)
      this.setData({ fields: noIssue() })
      void wx.showToast({ title: '已登记', icon: 'success' })
    },
    solvedDraft(): Draft<SolvedFields> {
      return readDraft(`solved.${this.data.solving}`, { measures: '' })
    },
    startSolving({ currentTarget }: Tap) {
      const { id } = currentTarget.dataset
      this.setData({ solving: id, errors: {}, wrong: '' })
      this.setData({ measures: this.solvedDraft().fields.measures })
    },
    stopSolving() {
      this.setData({ solving: '' })
    },
    typeMeasures({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const draft = this.solvedDraft()
      keepDraft(`solved.${this.data.solving}`, { ...draft, fields: { measures: detail.value } })
      this.setData({ measures: detail.value })
    },
    async solve() {
      const { project, solving } = this.data
      if (!project) return
      const { key, fields } = this.solvedDraft()
      const measures = fields.measures.trim()
      const input = { id: project.id, issueId: solving, ...(measures && { measures }) }
      const isDone = await this.submit(async () => this.take(await call('project.solveIssue', input, { key })))
      if (!isDone) return
      dropDraft(`solved.${solving}`)
      this.setData({ solving: '' })
      void wx.showToast({ title: '已记为解决', icon: 'success' })
    },
  },
})
