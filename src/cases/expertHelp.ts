/** 技术帮扶: an expert group asked to assist has its own day; reminders come before it and after. */
import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm'
import type { Knowledge } from '../house.js'
import { holdersOf } from '../notices/holders.js'
import { tell } from '../notices/tell.js'
import { dateOf } from '../calendar/dates.js'
import { Post } from '../people/post.js'
import type { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { withoutAccused } from './accused.js'
import type { Rules } from './clock.js'
import { CaseShare } from './caseShare.js'
import { HelpCase } from './helpCase.js'
import { isOpen } from './states.js'
import { quoted, untilDay } from './tidings.js'

/** 专家组、指导小组: a group that belongs to a unit; other groups are only what the table calls several units. */
export const isHelpGroup = ({ kind, parentId }: Pick<Unit, 'kind' | 'parentId'>): boolean =>
  kind === 'group' && parentId !== null

/** The last day for a group's reply; null where a unit was asked, which has none of its own. */
export const replyDueOn = (unit: Unit, { calendar, deadlines }: Rules, today: string): string | null =>
  isHelpGroup(unit) ? calendar.workdayAfter(today, deadlines.expertHelp.workdays) : null

/** The calendar of a year has been announced: replies still owed are due by it. */
export async function recountReplies(db: EntityManager, rules: Rules, caseIds: readonly string[]): Promise<void> {
  const owed = { caseId: In([...caseIds]), dueOn: Not(IsNull()), repliedAt: IsNull() }
  const shares = caseIds.length === 0 ? [] : await db.findBy(CaseShare, owed)
  for (const { id, since, dueOn } of shares) {
    const fresh = rules.calendar.workdayAfter(dateOf(since), rules.deadlines.expertHelp.workdays)
    if (fresh !== dueOn) await db.update(CaseShare, { id }, { dueOn: fresh })
  }
}

/** The group on the working day before its day, and once late with the case's officer beside it. */
export async function remindExperts(db: EntityManager, know: Knowledge, now: Date): Promise<void> {
  const today = dateOf(now)
  const soon = know.calendar.workdayAfter(today, know.deadlines.remind.workdays)
  const waiting = { how: 'assisting' as const, repliedAt: IsNull() }
  const shares = await db.find(CaseShare, {
    where: [
      { ...waiting, dueOn: soon },
      { ...waiting, dueOn: LessThan(today) },
    ],
    order: { id: 'ASC' },
  })
  const cases = await byId(
    db,
    HelpCase,
    shares.map(({ caseId }) => caseId),
  )
  for (const { id, caseId, unitId, dueOn } of shares) {
    const row = cases.get(caseId)
    if (!row || !isOpen(row.state) || dueOn === null) continue
    const isLate = dueOn < today
    const members = await db.findBy(Post, { unitId, role: In(['officer', 'leader']), isActive: true })
    const postIds = [...members.map((post) => post.id), ...(isLate && row.officerPostId ? [row.officerPostId] : [])]
    await tell(db, know, now, {
      personIds: await withoutAccused(db, row, await holdersOf(db, postIds, today)),
      subjectKind: 'case',
      subjectId: caseId,
      title: isLate
        ? `请专家组会办的${quoted(row.title)}过了回复期限`
        : `请专家组会办的${quoted(row.title)}${untilDay(dueOn)}回复`,
      text: row.number,
      uniqueKey: `expert.${isLate ? 'late' : 'soon'}:${id}:${dueOn}`,
    })
  }
}
