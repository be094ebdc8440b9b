// A project in the week's list: whether it was offered its visit, by whom, and why not.
import type { ItemOf, Output } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor, wordsOf } from '../../services/words'

type Due = ItemOf<'visit.due'>

const tones: Record<Due['status'], string> = {
  due: 'bad',
  offered: 'warn',
  planned: 'info',
  held: 'good',
  declined: 'calm',
  paused: 'calm',
  exempt: 'calm',
}

/** Days as people say them; nothing where the tag says it already. */
function reasonOf({ reason, status }: Due): string {
  const said = reason.replace(/\d{4}-\d{2}-\d{2}/g, (day) => dayText(day))
  return said === wordFor('weekStatuses', status) ? '' : said
}

export const lineOf = (due: Due) => ({
  id: due.project.id,
  project: due.project.name,
  firm: due.enterprise?.name ?? '还没有对上企业',
  tag: wordFor('weekStatuses', due.status),
  tone: tones[due.status],
  reason: reasonOf(due),
  officer: due.officer ? `专员 ${due.officer.name}` : '还没有专员',
  /** The visit, or else the project that has none. */
  url: due.visitId ? `/pages/visit/index?id=${due.visitId}` : `/pages/project/index?id=${due.project.id}`,
})
export type DueLine = ReturnType<typeof lineOf>

export const spanOf = ({ from, to, workdays }: Output<'visit.due'>['week']): string =>
  `${dayText(from)}到${dayText(to)}，${workdays}个工作日`

export const chipsOf = () => [
  { value: '', text: '全部' },
  ...wordsOf('weekStatuses').map(({ code, word }) => ({ value: code, text: word })),
]
