// One service visit in words: for the firm its own part, for officials the whole.
import { stateOf, whenOf } from '../../components/visit-card/view'
import type { VisitView } from '../../services/api'
import { clockText, dayText, momentText } from '../../services/dates'
import { fileAddress } from '../../services/upload'
import { wordFor } from '../../services/words'

type Firm = VisitView['firms'][number]

/** 只谢绝这一次 / 本月不用 / 需要时我约, each with what follows from it. */
export const declineWays = [
  { code: 'onlyThisOne', word: '这一次不用', text: '下周还会来问您' },
  { code: 'thisMonth', word: '这个月都不用', text: '这个月不再来约，下个月再问您' },
  { code: 'untilWeCall', word: '需要时我来约', text: '不再主动来约，您随时可以恢复' },
] as const
export type DeclineWay = (typeof declineWays)[number]['code']

const answerOf = ({ state, answeredAt, declinedHow }: Firm): string => {
  if (state === 'offered' || !answeredAt) return '还没有答复'
  if (declinedHow) return `${momentText(answeredAt)} 谢绝：${wordFor('declineWays', declinedHow)}`
  return `${momentText(answeredAt)} 同意上门`
}

const firmOf = (firm: Firm) => ({
  id: firm.enterprise.id,
  name: firm.enterprise.name,
  answer: answerOf(firm),
  reason: firm.reason ?? '',
  isConfirmed: firm.confirmedAt !== null,
  isWaiting: firm.state === 'held' && firm.confirmedAt === null,
  confirmed: momentText(firm.confirmedAt),
  satisfaction: wordFor('ratings', firm.satisfaction),
  remark: firm.remark ?? '',
  signature: firm.signature ? fileAddress(firm.signature) : '',
  counter: `${firm.counter.year}年上门服务${firm.counter.held}次，都不是检查`,
})

/** `09:00–10:30`, with the day where it ended on another. */
function heldText({ startedAt, endedAt }: VisitView): string {
  if (!startedAt) return ''
  if (!endedAt) return momentText(startedAt)
  const isSameDay = dayText(startedAt) === dayText(endedAt)
  return `${momentText(startedAt)} 到 ${isSameDay ? clockText(endedAt) : momentText(endedAt)}`
}

export function viewOf(visit: VisitView, isFirm: boolean) {
  const firms = visit.firms.map((firm) => ({ ...firm, isConfirmed: firm.confirmedAt !== null }))
  const { word, tone } = stateOf({ state: visit.state, firms }, isFirm)
  const nameOf = new Map(visit.firms.map(({ enterprise }) => [enterprise.id, enterprise.name]))
  return {
    id: visit.id,
    state: word,
    tone,
    isHeld: visit.state === 'held',
    kind: wordFor('visitKinds', visit.kind),
    when: whenOf(visit),
    statement: visit.statement,
    project: visit.project,
    unit: visit.unit?.name ?? '',
    staff: visit.staff.map(({ postId, name, title, unit }) => ({
      postId,
      name,
      text: [unit, title].filter(Boolean).join(' · '),
    })),
    topics: visit.topics,
    /** Said when the day was arranged: of no use afterwards. */
    note: visit.state === 'held' ? '' : (visit.note ?? ''),
    cancelReason: visit.cancelReason ?? '',
    firms: visit.firms.map(firmOf),
    held: heldText(visit),
    place: visit.place?.name ?? '',
    isPlaceOdd: visit.isPlaceOdd,
    hosts: visit.hosts.map(({ name, title }) => [name, title].filter(Boolean).join(' ')).join('、'),
    agreedBy: visit.isUnplanned && visit.agreedBy ? `事先没有约，${visit.agreedBy}当场同意` : '',
    summary: visit.summary ?? '',
    findings: visit.findings.map(({ id, text, isSolved, category, enterpriseId, caseId }) => ({
      id,
      text,
      state: isSolved ? '当场解决' : caseId ? '已转为诉求' : '还没解决',
      tone: isSolved ? 'good' : 'info',
      about: [wordFor('categories', category), visit.firms.length > 1 ? nameOf.get(enterpriseId ?? '') : '']
        .filter(Boolean)
        .join(' · '),
      caseId: caseId ?? '',
    })),
    photos: visit.files.filter(({ kind }) => kind === 'image').map(fileAddress),
    photosText: visit.photosAgreed === false ? '企业不同意拍照，没有照片' : '照片经企业同意拍摄',
  }
}

/** The firms for which somebody of them may still sign. */
export const waitingFirms = (view: ReturnType<typeof viewOf>) => view.firms.filter(({ isWaiting }) => isWaiting)
