// Who changed what in a project's entry, in words.
import type { ItemOf } from '../../services/api'
import { dayText, momentText } from '../../services/dates'
import { districtWord, wordFor } from '../../services/words'

type Line = ItemOf<'project.history'>
type Plain = Line['changes'][number]['from']

/** What was done, where that says more than which columns changed. */
const deeds: Record<string, string> = {
  'project.create': '列入台账',
  'project.update': '修改台账',
  'project.assign': '指定包保人员',
  'project.advance': '推进阶段',
  'project.addIssue': '登记堵点',
  'project.solveIssue': '解决堵点',
}

/** A contact with the firm leaves its day in the ledger, whatever it was about. */
const otherDeeds: Record<string, string> = { visit: '上门服务', case: '办理诉求' }

const deedOf = (verb: string): string => deeds[verb] ?? otherDeeds[verb.split('.')[0] ?? ''] ?? '修改台账'

/** The columns that hold codes. */
const groupOf: Record<string, Parameters<typeof wordFor>[0]> = {
  book: 'books',
  nature: 'natures',
  documentType: 'documentTypes',
  greenChannel: 'greenChannels',
  approvalLevel: 'approvalLevels',
  permitType: 'permitTypes',
  careLevel: 'careLevels',
}

function plain(field: string, value: Plain): string {
  if (value === null || value === '') return '空'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return dayText(value)
  if (field === 'districtCode') return districtWord(String(value))
  const group = groupOf[field]
  return group ? wordFor(group, String(value)) : String(value)
}

export const lineOf = ({ at, verb, by, changes }: Line, index: number) => ({
  key: `${at}${index}`,
  deed: deedOf(verb),
  when: momentText(at),
  by: by?.name ?? '系统',
  changes: changes.map(({ field, title, from, to }) => ({
    field,
    title,
    text: from === null ? plain(field, to) : `${plain(field, from)} → ${plain(field, to)}`,
  })),
})
