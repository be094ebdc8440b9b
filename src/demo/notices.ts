/** What the eight named people find in their inboxes: the tidings of the last weeks, in the words the service uses. */
import type { EntityManager } from 'typeorm'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import type { HelpCase } from '../cases/helpCase.js'
import { type Facts, type TidingName, tidings } from '../cases/tidings.js'
import { idAt } from '../database/idAt.js'
import { Notice } from '../notices/notice.js'
import type { Stage } from './stage.js'

type Line = Pick<Notice, 'personId' | 'subjectKind' | 'subjectId' | 'title' | 'text' | 'at'>
export type Heard = Line[]

const DAYS = 30
/** Older ones have been read. */
const UNREAD_DAYS = 4

/** Keeps in mind whom of the named an event concerns. What a complaint is about is told to its asker alone. */
export function hear(stage: Stage, name: TidingName, row: HelpCase, at: Date): void {
  const { cast, heard, today } = stage
  if (dateOf(at) < addDays(today, -DAYS)) return
  const { to, title } = tidings[name] as { to: readonly string[]; title(facts: Facts): string }
  const isKept = row.aboutUnitId !== null || row.aboutPostId !== null
  const officers = {
    officer: cast.personOf(row.officerPostId),
    leaders: cast.leaderOf(row.unitId ?? '')?.personId,
    supervisors: cast.supervisor.personId,
    assistants: null,
  }
  const audience: Record<string, string | null | undefined> = { asker: row.createdBy, ...(isKept ? {} : officers) }
  const enterprise = cast.firms.find(({ id }) => id === row.enterpriseId)?.name ?? '个人'
  const officer = row.officerPostId === null ? '承办人' : cast.post(row.officerPostId).name
  for (const one of to) {
    const personId = audience[one]
    if (!personId || !cast.isNamed(personId)) continue
    const said = title({ row, enterprise, officer, said: '', now: at })
    heard.push({ personId, subjectKind: 'case', subjectId: row.id, title: said, text: row.number, at })
  }
}

export async function layNotices(db: EntityManager, { heard, cast, today, words }: Stage): Promise<void> {
  const at = instantAt(addDays(today, -1), '09:00')
  const year = String(Number(today.slice(0, 4)) + 1)
  const [guideId = ''] = cast.guides.values()
  const [project] = cast.projects
  const other = (login: string, line: Omit<Line, 'personId' | 'at'>) => ({ personId: cast.person(login), at, ...line })
  const lines: Line[] = [
    ...heard,
    other('clerk', { subjectKind: 'calendar', subjectId: year, title: '请关注放假安排', text: words.calendarNotice }),
    other('clerk', {
      subjectKind: 'guide',
      subjectId: guideId,
      title: '指南有新的意见待答复',
      text: words.comments[0]?.text ?? '',
    }),
    other('admin', { subjectKind: 'calendar', subjectId: year, title: '备份提醒', text: words.adminNotice }),
    other('officer', {
      subjectKind: 'project',
      subjectId: project?.id ?? '',
      title: '您包保的项目',
      text: project?.name ?? '',
    }),
    other('officer2', {
      subjectKind: 'project',
      subjectId: project?.id ?? '',
      title: '请熟悉分局包保项目',
      text: project?.name ?? '',
    }),
    other('leader', {
      subjectKind: 'project',
      subjectId: project?.id ?? '',
      title: '您分管的项目',
      text: project?.name ?? '',
    }),
  ]
  const rows = lines.map((line) => ({
    id: idAt(line.at),
    ...line,
    template: null,
    readAt: dateOf(line.at) < addDays(today, -UNREAD_DAYS) ? new Date(line.at.getTime() + 3_600_000) : null,
    uniqueKey: null,
  }))
  for (let from = 0; from < rows.length; from += 50) await db.insert(Notice, rows.slice(from, from + 50))
}
