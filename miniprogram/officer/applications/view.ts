// The views of the window's ledger, each a filter of `application.list`.
import type { Input } from '../../services/api'

export type Filter = Partial<Input<'application.list'>>

interface View {
  value: string
  text: string
  filter: Filter
}

export const views: readonly View[] = [
  { value: '', text: '全部', filter: {} },
  { value: 'received', text: '待受理', filter: { states: ['received'] } },
  { value: 'soon', text: '快到期', filter: { due: 'soon' } },
  { value: 'supplementing', text: '待补正', filter: { states: ['supplementing'] } },
  { value: 'accepted', text: '已受理', filter: { states: ['accepted'] } },
  { value: 'pending', text: '否决待同意', filter: { isRefusalPending: true } },
  { value: 'deemed', text: '视为受理', filter: { acceptedHow: 'deemed' } },
  { value: 'refused', text: '已否决', filter: { states: ['notAccepted', 'rejected'] } },
]

export const filterOf = (view: string): Filter => views.find(({ value }) => value === view)?.filter ?? {}
