// One month's approvals: the approval office hands them over, enforcement acknowledges them, with remarks. Takes `?id=`.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import type { Output } from '../../services/api'
import { call } from '../../services/call'
import { dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { headOf, linesOf } from './view'

interface Remarks {
  texts: Record<string, string>
}
const noRemarks: Remarks = { texts: {} }

Component({
  behaviors: [page, loading, sending],
  data: {
    id: '',
    version: 0,
    head: null as ReturnType<typeof headOf> | null,
    lines: [] as ReturnType<typeof linesOf>,
    texts: {} as Remarks['texts'],
  },
  methods: {
    onLoad({ id = '' }: Record<string, string | undefined>) {
      this.setData({ id, texts: readDraft(`handover.${id}`, noRemarks).fields.texts })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        this.take(await call('handover.read', { id: this.data.id }))
        return true
      })
    },
    take(view: Output<'handover.read'>) {
      this.setData({ version: view.version, head: headOf(view), lines: linesOf(view) })
    },
    type({ detail, currentTarget }: WechatMiniprogram.CustomEvent<{ value: string }, {}, { id: string }>) {
      const form = `handover.${this.data.id}`
      const draft = readDraft(form, noRemarks)
      const texts = { ...draft.fields.texts, [currentTarget.dataset.id]: detail.value }
      keepDraft(form, { ...draft, fields: { texts } })
      this.setData({ texts })
    },
    async hand() {
      const { confirm } = await wx.showModal({
        title: '移交执法',
        content: '移交后清单就定下来，不再随台账变。',
        confirmText: '移交',
      })
      if (!confirm) return
      const { id, version } = this.data
      const isDone = await this.send(async () => this.take(await call('handover.send', { id, version })))
      if (isDone) void wx.showToast({ title: '已移交', icon: 'success' })
    },
    async acknowledge() {
      const { id, version } = this.data
      const form = `handover.${id}`
      const { key, fields } = readDraft(form, noRemarks)
      const remarks = Object.entries(fields.texts)
        .map(([lineId, text]) => ({ lineId, text: text.trim() }))
        .filter(({ text }) => text !== '')
      const isDone = await this.send(async () =>
        this.take(await call('handover.acknowledge', { id, version, remarks }, { key })),
      )
      if (!isDone) return
      dropDraft(form)
      void wx.showToast({ title: '已签收', icon: 'success' })
    },
  },
})
