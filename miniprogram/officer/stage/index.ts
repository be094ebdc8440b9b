// Moves a project on to its next stage, or back with a reason.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import type { Input, ProjectView } from '../../services/api'
import { call } from '../../services/call'
import { today, weekdayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { form } from '../../behaviors/form'

type Move = ProjectView['moves'][number]
type Valued = WechatMiniprogram.CustomEvent<{ value: string }>
interface StageFields {
  stage: string
  on: string
  note: string
  approvalNumber: string
}

const noMove = (): StageFields => ({ stage: '', on: today(), note: '', approvalNumber: '' })

Component({
  behaviors: [page, loading, form],
  data: {
    id: '',
    project: null as ProjectView | null,
    moves: [] as { value: string; label: string }[],
    fields: noMove(),
    move: null as Move | null,
    isApproval: false,
    dayText: '',
    lastDay: '',
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id, lastDay: today() })
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const project = await call('project.read', { id: this.data.id })
        const moves = project.moves.map(({ stage, title }) => ({ value: stage, label: title }))
        this.setData({ project, moves })
        this.show()
        return moves.length > 0
      })
    },
    draft(): Draft<StageFields> {
      return readDraft(`stage.${this.data.id}`, noMove())
    },
    change(change: Partial<StageFields>) {
      const draft = this.draft()
      keepDraft(`stage.${this.data.id}`, { ...draft, fields: { ...draft.fields, ...change } })
      this.show()
    },
    show() {
      const { fields } = this.draft()
      const move = this.data.project?.moves.find(({ stage }) => stage === fields.stage) ?? null
      this.setData({ fields, move, isApproval: move?.stage === 'approved', dayText: weekdayText(fields.on) })
    },
    chooseStage({ detail }: Valued) {
      this.setData({ errors: {}, wrong: '' })
      this.change({ stage: detail.value })
    },
    chooseDay({ detail }: Valued) {
      this.change({ on: detail.value })
    },
    typeNote({ detail }: Valued) {
      this.change({ note: detail.value })
    },
    typeNumber({ detail }: Valued) {
      this.change({ approvalNumber: detail.value })
    },
    async hand() {
      const { project, move, isApproval } = this.data
      if (!project || !move) {
        this.setData({ errors: { stage: '请选择到哪个阶段' } })
        return
      }
      const { key, fields } = this.draft()
      const { on, note, approvalNumber } = fields
      const input: Input<'project.advance'> = {
        id: project.id,
        version: project.version,
        stage: move.stage,
        on,
        ...(note.trim() && { note }),
        ...(isApproval && approvalNumber.trim() && { approvalNumber }),
      }
      if (!(await this.submit(() => call('project.advance', input, { key })))) return
      dropDraft(`stage.${project.id}`)
      void wx.showToast({ title: `已到${move.title}`, icon: 'success' })
      setTimeout(() => void wx.navigateBack(), 700)
    },
  },
})
