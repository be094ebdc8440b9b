// What is signed, and how satisfied somebody can be.
import { hasEnoughInk, type Stroke } from '../../components/signature-pad/ink'
import { whenOf } from '../../components/visit-card/view'
import type { VisitView } from '../../services/api'
import { wordFor } from '../../services/words'

export interface Signing {
  /** 1 to 5; 0 until it is chosen. */
  satisfaction: number
  remark: string
  strokes: Stroke[]
  /** The picture of the strokes once it was taken by the server, and the key under which it is sent until then. */
  fileId: string
  fileKey: string
}
export const unsigned: Signing = { satisfaction: 0, remark: '', strokes: [], fileId: '', fileKey: '' }

/** Best first, as a person would say it. */
export const scores = () => [5, 4, 3, 2, 1].map((score) => ({ score, word: wordFor('ratings', score) }))

export function viewOf(visit: VisitView, enterpriseId: string) {
  const firm = visit.firms.find(({ enterprise }) => enterprise.id === enterpriseId)
  return {
    when: whenOf(visit),
    firm: firm?.enterprise.name ?? '',
    staff: visit.staff.map(({ name }) => name).join('、'),
    summary: visit.summary ?? '',
    isConfirmed: firm?.confirmedAt != null,
    canConfirm: visit.can.includes('visit.confirm') && firm?.state === 'held' && firm.confirmedAt === null,
  }
}

/** What is missing before it can be sent, beside the field where it is. */
export const missingIn = ({ satisfaction, strokes }: Signing): Record<string, string> => ({
  ...(satisfaction === 0 && { satisfaction: '请选一个满意程度' }),
  ...(!hasEnoughInk(strokes) && { signatureFileId: '请签上您的名字' }),
})
