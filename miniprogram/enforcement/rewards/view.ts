// The views of the list of rewards, each a filter of `reward.list`.
import type { Input } from '../../services/api'

export type Filter = Partial<Input<'reward.list'>>

interface View {
  value: string
  text: string
  filter: Filter
}

export const views: readonly View[] = [
  { value: 'awaits', text: '等我办', filter: { awaitsMe: true } },
  { value: 'proposed', text: '待审批', filter: { states: ['proposed', 'approvedOnce'] } },
  { value: 'approved', text: '待领取', filter: { states: ['approved'] } },
  { value: 'paying', text: '支付中', filter: { states: ['paying'] } },
  { value: 'bank', text: '待银行转账', filter: { states: ['bank'] } },
  { value: 'trouble', text: '有问题的', filter: { hasTrouble: true } },
  { value: 'paid', text: '已发放', filter: { states: ['paid'] } },
  { value: 'over', text: '没有发', filter: { states: ['rejected', 'withdrawn', 'declined', 'expired'] } },
  { value: 'all', text: '全部', filter: {} },
]

export const filterOf = (view: string): Filter => views.find(({ value }) => value === view)?.filter ?? {}
