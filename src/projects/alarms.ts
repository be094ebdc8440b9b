/**
 * WHO IS TOLD OF A DEADLINE, AND WHEN: before the promised and the legal deadline the officer; once one has passed, the
 * officer and the branch leader at once, and the bureau after some working days, as with cases (`escalate` in
 * seeds/deadlines.json). Each person once for each day a
 * deadline falls on, however often it is looked at.
 */
import { type EntityManager, In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Knowledge } from '../house.js'
import { tell } from '../notices/tell.js'
import { runningStages } from './approvalRules.js'
import { type DeadlineKey, deadlineKeys, deadlineNames, dueColumns, isRunning } from './deadline.js'
import { leadersOf, ownersOf, supervisorsOf } from './owner.js'
import { Project } from './project.js'

type Audience = (db: EntityManager, project: Project, today: string) => Promise<string[]>

interface Moment {
  limit: DeadlineKey
  dueOn: string
  isPassed: boolean
  /** Working days to the deadline, or since; 0 on the days off just after it. */
  workdays: number
}

interface Alarm {
  key: string
  isDue(moment: Moment, know: Knowledge): boolean
  to: readonly Audience[]
  title(project: Project, moment: Moment): string
}

const day = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`
const passed = ({ name }: Project, { limit, dueOn, workdays }: Moment) =>
  `《${name}》已过${deadlineNames[limit]}（${day(dueOn)}）${workdays > 0 ? `，超过${workdays}个工作日` : ''}`

const alarms: readonly Alarm[] = [
  {
    key: 'dueSoon',
    isDue: ({ limit, isPassed, workdays }, { approval }) => !isPassed && workdays <= approval.remind[limit].workdays,
    to: [ownersOf],
    title: ({ name }, { limit, dueOn }) => `《${name}》${day(dueOn)}到${deadlineNames[limit]}`,
  },
  {
    key: 'overdue',
    isDue: ({ isPassed, workdays }, { deadlines }) => isPassed && workdays >= deadlines.escalate.leader.workdays,
    to: [ownersOf, leadersOf],
    title: passed,
  },
  {
    key: 'overdueLong',
    isDue: ({ isPassed, workdays }, { deadlines }) => isPassed && workdays >= deadlines.escalate.supervisor.workdays,
    to: [supervisorsOf],
    title: passed,
  },
]

/** Sounds what is due for one project today; nothing where no deadline runs. */
export async function sound(db: EntityManager, know: Knowledge, now: Date, project: Project): Promise<void> {
  if (!isRunning(project, know)) return
  const today = dateOf(now)
  for (const limit of deadlineKeys) {
    const dueOn = project[dueColumns[limit]]
    if (dueOn === null) continue
    const workdays = Math.abs(know.calendar.countWorkdays(today, dueOn))
    const moment = { limit, dueOn, isPassed: dueOn < today, workdays }
    for (const alarm of alarms) {
      if (!alarm.isDue(moment, know)) continue
      const personIds = await Promise.all(alarm.to.map((audience) => audience(db, project, today)))
      await tell(db, know, now, {
        personIds: personIds.flat(),
        subjectKind: 'project',
        subjectId: project.id,
        title: alarm.title(project, moment),
        text: know.approval.care[project.careLevel].atAlarm,
        uniqueKey: `project.${alarm.key}:${limit}:${project.id}:${dueOn}`,
      })
    }
  }
}

/** How many projects are looked at in one transaction. */
const SLICE = 25

/** Sounds what is due for a slice of the projects. @returns the id to go on after, or undefined where that was all */
export async function soundAll(db: EntityManager, know: Knowledge, now: Date, after = ''): Promise<string | undefined> {
  const running = { id: MoreThan(after), stage: In(runningStages(know.approval)), decidedOn: IsNull() }
  const soon = (limit: DeadlineKey) =>
    LessThanOrEqual(know.calendar.workdayAfter(dateOf(now), know.approval.remind[limit].workdays))
  const rows = await db.find(Project, {
    where: deadlineKeys.map((limit) => ({ ...running, [dueColumns[limit]]: soon(limit) })),
    order: { id: 'ASC' },
    take: SLICE,
  })
  for (const row of rows) await sound(db, know, now, row)
  return rows.length === SLICE ? rows.at(-1)?.id : undefined
}
