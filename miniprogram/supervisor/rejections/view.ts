// A line of the register of refusals: what, why, on what basis, and the two who answer for it.
import type { ItemOf } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { shortUnit } from '../services/numbers'

export const lineOf = ({ id, kind, case: of, enterprise, unit, ...one }: ItemOf<'rejection.list'>) => ({
  id,
  caseId: of?.id ?? '',
  tag: wordFor('rejectionKinds', kind),
  title: of?.title ?? '建设项目审批申请',
  enterprise: enterprise?.name ?? '',
  pairs: [
    { name: '登记', text: `${dayText(one.registeredOn)}${unit ? ` · ${shortUnit(unit.name)}` : ''}` },
    { name: '依据', text: one.basis },
    { name: '理由', text: one.reason },
    { name: '提出', text: one.proposedBy },
    { name: '同意', text: one.agreedBy },
  ],
})

export const views = [
  { value: '', text: '全部' },
  { value: 'application', text: '审批申请' },
  { value: 'help', text: '诉求' },
] as const
