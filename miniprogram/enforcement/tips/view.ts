// The views of the list of tips, each a filter of `tip.list`, and what narrows them further.
import type { Input } from '../../services/api'
import { wordFor } from '../../services/words'
import { districtName } from '../services/tipWords'

export type Filter = Partial<Input<'tip.list'>>

interface View {
  value: string
  text: string
  filter: Filter
}

export const views: readonly View[] = [
  { value: 'received', text: '待受理', filter: { states: ['received'] } },
  { value: 'open', text: '在办', filter: { states: ['accepted', 'verified'] } },
  { value: 'overdue', text: '已超期', filter: { due: 'overdue' } },
  { value: 'soon', text: '快到期', filter: { due: 'soon' } },
  { value: 'priority', text: '重点', filter: { isPriority: true } },
  { value: 'over', text: '已结束', filter: { states: ['concluded', 'refused', 'transferred'] } },
  { value: 'all', text: '全部', filter: {} },
]

export const filterOf = (view: string): Filter => views.find(({ value }) => value === view)?.filter ?? {}

/** What somebody chose beside the view. */
export interface Narrowing {
  violation: string
  districtCode: string
  isMine: boolean
  isWanted: boolean
  from: string
  to: string
}
export const noNarrowing: Narrowing = {
  violation: '',
  districtCode: '',
  isMine: false,
  isWanted: false,
  from: '',
  to: '',
}

export const narrowed = ({ violation, districtCode, isMine, isWanted, from, to }: Narrowing): Filter => ({
  ...(violation && { violation: violation as NonNullable<Filter['violation']> }),
  ...(districtCode && { districtCode }),
  ...(isMine && { mine: true }),
  ...(isWanted && { wantsReward: true }),
  ...(from && { from }),
  ...(to && { to }),
})

/** In words, to stand above the list; empty where nothing is narrowed. */
export const narrowingText = ({ violation, districtCode, isMine, isWanted, from, to }: Narrowing): string =>
  [
    isMine ? '我承办的' : '',
    isWanted ? '要奖励的' : '',
    violation ? wordFor('violations', violation) : '',
    districtName(districtCode),
    from ? `${from}起` : '',
    to ? `到${to}` : '',
  ]
    .filter(Boolean)
    .join('，')
