/** Telling firms and officials about visits, and officers each week which projects nobody has offered one yet. */
import { type EntityManager, IsNull, Not } from 'typeorm'
import { addDays, instantAt } from '../calendar/dates.js'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { HelpCase } from '../cases/helpCase.js'
import { tell } from '../notices/tell.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { byId } from '../people/view.js'
import { membersOf } from '../projects/firmMembers.js'
import type { Project } from '../projects/project.js'
import { underCare, weekReadings } from './due.js'
import type { DeclineWay } from './states.js'
import { nature, statement } from './statement.js'
import { hasAgreed, type VisitEnterprise } from './visitEnterprise.js'
import { VisitFinding } from './visitFinding.js'
import { loadVisit, type VisitRow } from './visitTarget.js'
import { daysOf, mondayOf } from './weeks.js'

interface OfVisit {
  visitId: string
  /** The version of the visit that is told of: of each change once. */
  version: number
}

const BATCH = 200

export const visitJobs: Readonly<Record<string, AnyJob>> = {
  'visit.tellOffered': job<OfVisit>({
    async handle({ db, know, now, payload }) {
      const visit = await loadVisit(db, payload.visitId, false)
      if (!visit || visit.state === 'cancelled') return
      const officials = await officialsOf(db, visit)
      const when =
        visit.plannedOn === null ? `${visit.week}这一周` : [visit.plannedOn, visit.plannedTime].join(' ').trim()
      for (const { part, name } of await firmsOf(db, visit)) {
        await tell(db, know, now, {
          template: 'visitPlanned',
          personIds: await membersOf(db, [part.enterpriseId]),
          subjectKind: 'visit',
          subjectId: visit.id,
          title: '上门服务预约，请您答复',
          text: `${officials}想在${when}上门服务（${visit.topics.join('、')}）。${statement}`,
          values: {
            enterprise: name,
            plannedAt: instantAt(visit.plannedOn ?? visit.week, visit.plannedTime ?? '09:00'),
            officer: officials,
            hint: '时间可商量，也可以谢绝',
          },
          uniqueKey: `visit.offered:${part.id}`,
        })
      }
    },
  }),
  'visit.tellRecorded': job<OfVisit>({
    async handle({ db, know, now, payload }) {
      const visit = await loadVisit(db, payload.visitId, false)
      if (visit?.state !== 'held') return
      const officials = await officialsOf(db, visit)
      for (const { part, name } of await firmsOf(db, visit)) {
        if (part.state !== 'held' || part.confirmedAt !== null) continue
        await tell(db, know, now, {
          template: 'visitRecorded',
          personIds: await membersOf(db, [part.enterpriseId]),
          subjectKind: 'visit',
          subjectId: visit.id,
          title: '上门服务记录，请您确认',
          text: `${visit.onDate}的上门服务已经记录，请核对、签字并评价。${consentWords(visit, part)}${nature}`,
          values: {
            enterprise: name,
            visitedOn: visit.onDate,
            officer: officials,
            summary: visit.topics.join('、') || '上门服务',
          },
          uniqueKey: `visit.recorded:${part.id}`,
        })
      }
    },
  }),
  /** The officers to whom the unsolved questions went hear of their new cases, as of any other. */
  'visit.tellCases': job<OfVisit>({
    async handle({ db, now, payload }) {
      const findings = await db.findBy(VisitFinding, { visitId: payload.visitId, caseId: Not(IsNull()) })
      const cases = await byId(
        db,
        HelpCase,
        findings.map((finding) => finding.caseId),
      )
      const tellings = [...cases.values()].map(({ id: caseId, officerPostId }) => ({
        kind: 'case.tell',
        payload: {
          caseId,
          tiding: officerPostId === null ? 'pooled' : 'assigned',
          uniqueKey: `visit.case:${caseId}`,
        },
        uniqueKey: `visit.case:${caseId}`,
      }))
      await enqueue(db, tellings, now)
    },
  }),
  'visit.tellAnswered': job<OfVisit>({
    async handle({ db, know, now, payload }) {
      const visit = await loadVisit(db, payload.visitId, false)
      if (!visit) return
      const answered = (await firmsOf(db, visit)).filter(({ part }) => part.answeredAt !== null)
      const answers = answered.map(({ part, name }) => `${name}：${answerOf(part)}`)
      const isDeclined = answered.some(({ part }) => part.declinedHow !== null)
      await tell(db, know, now, {
        postIds: [...new Set([...visit.staffIds, visit.plannedByPostId].filter((id) => id !== null))],
        subjectKind: 'visit',
        subjectId: visit.id,
        title: '企业答复了上门服务预约',
        text: `${answers.join('；')}。${isDeclined ? '谢绝也算约过，请不要重复约。' : ''}`,
        uniqueKey: `visit.answered:${visit.id}:${payload.version}`,
      })
    },
  }),
  'visit.tellCancelled': job<OfVisit>({
    async handle({ db, know, now, payload }) {
      const visit = await loadVisit(db, payload.visitId, false)
      if (!visit) return
      await tell(db, know, now, {
        personIds: await membersOf(
          db,
          visit.firms.filter((part) => part.state === 'cancelled').map((part) => part.enterpriseId),
        ),
        subjectKind: 'visit',
        subjectId: visit.id,
        title: '上门服务取消了',
        text: `原定${visit.onDate}的上门服务取消：${visit.cancelReason ?? ''}`,
        uniqueKey: `visit.cancelled:${visit.id}`,
      })
    },
  }),
  /** Runs every working day and speaks on the first of the week. */
  'visit.weekBegins': job<{ day: string }>({
    async handle({ db, know, now, payload }) {
      const week = mondayOf(payload.day)
      if (daysOf(week).find((day) => know.calendar.isWorkday(day)) !== payload.day) return
      const due = new Map<string, Project[]>()
      for (let after: string | undefined = ''; after !== undefined; ) {
        const projects: Project[] = await underCare(db, { week, after, limit: BATCH })
        const readings = await weekReadings(db, know, projects, week)
        for (const project of projects) {
          const { officerPostId } = project
          if (officerPostId === null || readings.get(project.id)?.status !== 'due') continue
          due.set(officerPostId, [...(due.get(officerPostId) ?? []), project])
        }
        after = projects.length < BATCH ? undefined : projects.at(-1)?.id
      }
      for (const [postId, projects] of due) {
        const names = projects.slice(0, 10).map((project) => project.name)
        await tell(db, know, now, {
          postIds: [postId],
          subjectKind: 'project',
          subjectId: projects[0]?.id ?? '',
          title: `本周还有${projects.length}个项目没有约上门服务`,
          text: `${names.join('、')}${projects.length > names.length ? '等' : ''}。请在${addDays(week, 6)}前约好；企业谢绝也算约过。`,
          uniqueKey: `visit.week:${week}:${postId}`,
        })
      }
    },
  }),
}

async function officialsOf(db: EntityManager, visit: VisitRow): Promise<string> {
  const posts = await byId(db, Post, visit.staffIds)
  return visit.staffIds.flatMap((id) => posts.get(id)?.name ?? []).join('、')
}

async function firmsOf(db: EntityManager, visit: VisitRow): Promise<{ part: VisitEnterprise; name: string }[]> {
  const firms = await byId(
    db,
    Enterprise,
    visit.firms.map((part) => part.enterpriseId),
  )
  return visit.firms.map((part) => ({ part, name: firms.get(part.enterpriseId)?.name ?? '' }))
}

const declineWords: Readonly<Record<DeclineWay, string>> = {
  onlyThisOne: '谢绝这一次',
  thisMonth: '本月不用',
  untilWeCall: '需要时我约',
}

/** A firm that had not agreed beforehand is asked whether it did agree. */
const consentWords = (visit: VisitRow, part: VisitEnterprise): string => {
  if (hasAgreed(part)) return ''
  return visit.plannedByPostId === null ? '没有事先约，请核对是否同意。' : '您没有答复预约，请核对是否同意。'
}

const answerOf = ({ declinedHow }: VisitEnterprise) => (declinedHow === null ? '同意' : declineWords[declinedHow])
