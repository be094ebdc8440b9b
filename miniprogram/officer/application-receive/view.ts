// The check list as it is being filled in, and what goes to the server.
import type { GuideView, Input } from '../../services/api'
import type { Named } from '../../services/visitRecord'

export interface Checked {
  /** '' until it was looked at. */
  is: '' | 'yes' | 'no'
  note: string
}

export interface ReceiveFields {
  guide: { id: string; title: string } | null
  firm: Named | null
  project: Named | null
  isNewFirm: boolean
  creditCode: string
  firmName: string
  receivedOn: string
  checks: Record<string, Checked>
}

export const noFields = (today: string): ReceiveFields => ({
  guide: null,
  firm: null,
  project: null,
  isNewFirm: false,
  creditCode: '',
  firmName: '',
  receivedOn: today,
  checks: {},
})

export type Material = GuideView['materials'][number]

export const answers = [
  { value: 'yes', label: '有' },
  { value: 'no', label: '没有' },
] as const

export const linesOf = (materials: readonly Material[], checks: ReceiveFields['checks']) =>
  materials.map(({ name, why, canFollowLater }, index) => ({
    index,
    name,
    why: canFollowLater ? `${why}（可以后补）` : why,
    is: checks[name]?.is ?? '',
    note: checks[name]?.note ?? '',
  }))

/** What follows from the list as it is ticked: said before it is handed in. */
export function outlookOf(materials: readonly Material[], checks: ReceiveFields['checks']): string {
  if (materials.length === 0) return ''
  const isOf = ({ name }: Material, is: Checked['is']) => (checks[name]?.is ?? '') === is
  const unseen = materials.filter((one) => isOf(one, '')).length
  if (unseen > 0) return `还有${unseen}件没有核对`
  const missing = materials.filter((one) => isOf(one, 'no') && !one.canFollowLater).length
  return missing === 0 ? '要件齐全，应当无条件受理' : `缺${missing}件：要在期限内一次说全，过期不说就算受理`
}

export function unchecked(fields: ReceiveFields, materials: readonly Material[]): Record<string, string> {
  const hasFirm = fields.isNewFirm ? fields.creditCode.trim() !== '' : fields.firm !== null
  const isSeen = materials.every(({ name }) => (fields.checks[name]?.is ?? '') !== '')
  return {
    ...(fields.guide ? {} : { guideId: '请选办什么事' }),
    ...(hasFirm ? {} : fields.isNewFirm ? { creditCode: '请填统一社会信用代码' } : { enterpriseId: '请选企业' }),
    ...(isSeen ? {} : { materials: '清单上的每一件都要核对' }),
  }
}

export function inputOf(fields: ReceiveFields, materials: readonly Material[]): Input<'application.receive'> {
  const { guide, firm, project, isNewFirm, creditCode, firmName, receivedOn, checks } = fields
  return {
    guideId: guide?.id ?? '',
    ...(isNewFirm
      ? { creditCode: creditCode.trim(), ...(firmName.trim() && { name: firmName.trim() }) }
      : { enterpriseId: firm?.id ?? '', ...(project && { projectId: project.id }) }),
    receivedOn,
    materials: materials.map(({ name }) => {
      const isPresent = checks[name]?.is === 'yes'
      const note = checks[name]?.note.trim() ?? ''
      return { name, isPresent, ...(!isPresent && note && { note }) }
    }),
  }
}
