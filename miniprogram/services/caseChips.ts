// WHICH LISTS OF CASES EACH ROLE HAS: one line a chip, with the filter of `case.list` behind it.
import type { Input } from './api'

export type CaseFilter = Partial<Input<'case.list'>>
export type CaseRole = 'enterprise' | 'officer' | 'leader' | 'supervisor'

export interface CaseChip {
  value: string
  text: string
  filter: CaseFilter
  /** Said when the list is empty: what that means, and what to do next. */
  emptyTitle: string
  emptyText?: string
}

const open: CaseFilter['states'] = ['assigned', 'handling', 'waiting']
const searchAll = '想找以前的，点「全部」'

const enterprise: CaseChip[] = [
  {
    value: 'all',
    text: '全部',
    filter: { scope: 'mine' },
    emptyTitle: '您还没有提过诉求',
    emptyText: '有办不明白、卡住的事，点下面的「我要求助」，有专人答复',
  },
  {
    value: 'todo',
    text: '等我处理',
    filter: { scope: 'todo' },
    emptyTitle: '没有等您处理的',
    emptyText: '需要您补充材料、或者有了答复，会排在这里',
  },
  {
    value: 'doing',
    text: '办理中',
    filter: { scope: 'mine', states: ['assigned', 'handling'] },
    emptyTitle: '没有正在办理的',
    emptyText: searchAll,
  },
  {
    value: 'answered',
    text: '已答复',
    filter: { scope: 'mine', states: ['answered'] },
    emptyTitle: '没有刚答复的',
    emptyText: '答复过、已经办结的，点「已结束」',
  },
  {
    value: 'over',
    text: '已结束',
    filter: { scope: 'mine', states: ['closed', 'declined', 'withdrawn'] },
    emptyTitle: '还没有结束的诉求',
    emptyText: searchAll,
  },
]

const inHand: CaseChip[] = [
  {
    value: 'todo',
    text: '待我办',
    filter: { scope: 'todo' },
    emptyTitle: '手上没有要办的',
    emptyText: '有新诉求分到您这里，会排在这里',
  },
  {
    value: 'mineOverdue',
    text: '我的已超期',
    filter: { scope: 'todo', due: 'overdue' },
    emptyTitle: '您没有超期的',
    emptyText: '继续保持',
  },
]

const watched: CaseChip[] = [
  {
    value: 'overdue',
    text: '已超期',
    filter: { due: 'overdue' },
    emptyTitle: '没有超期的诉求',
    emptyText: '都在期限内',
  },
  { value: 'soon', text: '快到期', filter: { due: 'soon' }, emptyTitle: '今天和下个工作日没有到期的' },
  { value: 'open', text: '在办', filter: { states: open }, emptyTitle: '没有在办的诉求', emptyText: searchAll },
  {
    value: 'pooled',
    text: '没人承办',
    filter: { states: open, isUnassigned: true },
    emptyTitle: '每一件都有承办人',
    emptyText: '系统派不出去的诉求会出现在这里，等您指派',
  },
  { value: 'held', text: '内容待审', filter: { review: 'held' }, emptyTitle: '没有等着审核内容的' },
  { value: 'extension', text: '延期待同意', filter: { pending: 'extension' }, emptyTitle: '没有等您同意的延期' },
  { value: 'decline', text: '不予办理待同意', filter: { pending: 'decline' }, emptyTitle: '没有等您同意的不予办理' },
  {
    value: 'answered',
    text: '已答复',
    filter: { states: ['answered'] },
    emptyTitle: '没有刚答复、还没办结的',
    emptyText: searchAll,
  },
]
const all: CaseChip = { value: 'all', text: '全部', filter: {}, emptyTitle: '还没有诉求' }
const withoutExtensions = watched.filter(({ value }) => value !== 'extension')

export const caseChips: Record<CaseRole, CaseChip[]> = {
  enterprise,
  officer: [
    ...inHand,
    {
      value: 'today',
      text: '今天到期',
      filter: { scope: 'todo', due: 'today' },
      emptyTitle: '今天没有到期的',
      emptyText: '快到期的看「快到期」',
    },
    { value: 'soon', text: '快到期', filter: { scope: 'todo', due: 'soon' }, emptyTitle: '今天和下个工作日没有到期的' },
    {
      value: 'waiting',
      text: '等企业补充',
      filter: { scope: 'todo', states: ['waiting'] },
      emptyTitle: '没有等企业补充的',
    },
    {
      value: 'assisting',
      text: '请我会办',
      filter: { scope: 'assisting' },
      emptyTitle: '没有等本单位会办的',
      emptyText: '别的单位请会办的诉求，回复前会排在这里',
    },
    { value: 'unit', text: '本单位', filter: { scope: 'unit' }, emptyTitle: '本单位还没有诉求' },
    all,
  ],
  // 延期由市局同意
  leader: [...withoutExtensions, all, ...inHand],
  supervisor: [...watched, all, ...inHand],
}

/** How the list can be searched, as the server does it. */
export const searchHint: Record<CaseRole, string> = {
  enterprise: '诉求编号，如 QZ2026…',
  officer: '编号、企业名称开头或手机号',
  leader: '编号、企业名称开头或手机号',
  supervisor: '编号、企业名称开头或手机号',
}
