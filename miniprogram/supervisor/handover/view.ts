// One month's list: each approval with the six things that go to enforcement, and who has acknowledged it.
import type { Output } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { lineOf, monthText } from '../handovers/view'

type HandoverView = Output<'handover.read'>

export const headOf = (view: HandoverView) => ({
  ...lineOf(view),
  title: monthText(view.month),
  receipts: view.receipts.map(({ unit, by, at }) => ({
    id: unit.id,
    said: `${unit.name}　${by}，${momentText(at)}签收`,
  })),
  canSend: view.can.includes('handover.send'),
  canAcknowledge: view.can.includes('handover.acknowledge'),
})

export const linesOf = ({ lines }: HandoverView) =>
  lines.map((one) => ({
    id: one.id,
    name: one.projectName,
    firm: one.firmName,
    withdrawn: one.withdrawnOn ? `${dayText(one.withdrawnOn)}撤回批复` : '',
    pairs: [
      { name: '类别', text: one.documentType ? wordFor('documentTypes', one.documentType) : '没有填' },
      { name: '文号', text: one.approvalNumber ?? '没有填' },
      { name: '批复', text: dayText(one.approvedOn) },
      { name: '单位', text: one.unit?.name ?? '没有填' },
    ],
    remarks: one.remarks.map(({ unit, text }) => `${unit}：${text}`),
  }))
