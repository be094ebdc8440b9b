// The views of the list of leads, each a filter of `lead.list`: the branch's, and those of who hands leads over.
import type { Input } from '../../services/api'

export type Filter = Partial<Input<'lead.list'>>

interface View {
  value: string
  text: string
  filter: Filter
}

const all: View = { value: 'all', text: '全部', filter: {} }
const overdue: View = { value: 'overdue', text: '已超期', filter: { due: 'overdue' } }
const soon: View = { value: 'soon', text: '快到期', filter: { due: 'soon' } }
const closed: View = { value: 'closed', text: '已办结', filter: { states: ['closed'] } }

const branchViews: readonly View[] = [
  { value: 'todo', text: '待反馈', filter: { scope: 'todo' } },
  overdue,
  soon,
  { value: 'answered', text: '已反馈', filter: { states: ['answered'] } },
  closed,
  all,
]

const keeperViews: readonly View[] = [
  { value: 'new', text: '待移交', filter: { states: ['new'] } },
  { value: 'answered', text: '待办结', filter: { states: ['answered'] } },
  { value: 'owed', text: '等反馈', filter: { states: ['sent', 'returned'] } },
  overdue,
  soon,
  closed,
  all,
]

export const viewsOf = (isKeeper: boolean): readonly View[] => (isKeeper ? keeperViews : branchViews)

/** What the tab with that word asks for; all of them where it has none. */
export const filterOf = (view: string): Filter =>
  [...keeperViews, ...branchViews].find(({ value }) => value === view)?.filter ?? {}

const emptyTexts: Partial<Record<string, string>> = {
  todo: '移交来的都反馈了',
  new: '点上面的“登记”写一条，或者从 Excel 导入',
  overdue: '都在期限里，不用催',
}
export const emptyTextOf = (view: string): string => emptyTexts[view] ?? '换一个筛选看看'
