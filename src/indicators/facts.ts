/** What the metrics of one year are counted from: each fact is read when first asked for, and once. */
import { Between, type EntityManager, In } from 'typeorm'
import { addDays, dateOf, instantAt } from '../calendar/dates.js'
import { instantParam, readInstant } from '../database/instants.js'
import { breathe } from '../board/breathe.js'
import { type Period, weekOf } from '../board/period.js'
import { ofEverything, type Reach } from '../board/reach.js'
import { sumDays } from '../board/sums.js'
import type { Knowledge } from '../house.js'
import { among } from '../http/scopes.js'
import type { Grant } from '../people/actor.js'
import { legalTerm } from '../projects/approvalRules.js'
import { rewardsSeen } from '../rewards/asOthersSee.js'
import { others, unseenBy } from '../rewards/unseen.js'
import { Project } from '../projects/project.js'

export interface Asked {
  db: EntityManager
  know: Knowledge
  today: string
  /** From New Year to today, or to New Year's Eve of a past year. */
  period: Period
  reach: Reach
  /** The present can be counted only for the year that we are in. */
  isCurrent: boolean
}

/** The whole city's, without what is kept from the reader: 投诉不让被投诉的人和单位看到. */
export function cityFor(grants: readonly Grant[]): Reach {
  const own = (key: 'ownPostIds' | 'ownUnitIds') => [...new Set(grants.flatMap((grant) => grant[key]))].sort()
  return { ...ofEverything, about: { aboutPostId: own('ownPostIds'), aboutUnitId: own('ownUnitIds') } }
}

export type Facts = ReturnType<typeof factsOf>

export function factsOf(asked: Asked) {
  const { db, period, reach } = asked
  const byPost = among('c.aboutPostId', reach.about.aboutPostId)
  const byUnit = among('c.aboutUnitId', reach.about.aboutUnitId)
  const shown = {
    sql: `(c.aboutPostId IS NULL OR NOT ${byPost.sql}) AND (c.aboutUnitId IS NULL OR NOT ${byUnit.sql})`,
    params: [...byPost.params, ...byUnit.params],
  }
  const { from, to } = period
  const count = async (sql: string, params: unknown[]): Promise<number> => {
    const [row] = (await db.query(sql, params)) as { n: number }[]
    await breathe()
    return Number(row?.n ?? 0)
  }
  const days = [from, to]
  const instants = [instantParam(db, instantAt(from)), instantParam(db, instantAt(addDays(to, 1)))]

  return {
    ...asked,
    /** Monday of the last week that was over by the end of the period. */
    lastWeek: addDays(weekOf(addDays(to, 1)).from, -7),
    monthAgo: instantAt(addDays(to, -30)),
    /** Cases of the year by category. */
    cases: once(() => sumDays(db, reach, period, ['category'])),
    /** Asked in the year, and not ended. */
    casesNotEnded: once(() =>
      count(
        `SELECT COUNT(*) AS n FROM help_case c WHERE c.state IN ('assigned', 'handling', 'waiting', 'answered')
         AND c.createdOn >= ? AND c.createdOn <= ? AND ${shown.sql}`,
        [...days, ...shown.params],
      ),
    ),
    comments: once(async () => ({
      received: await count('SELECT COUNT(*) AS n FROM guide_comment WHERE createdAt >= ? AND createdAt < ?', instants),
      answered: await count(
        'SELECT COUNT(*) AS n FROM guide_comment WHERE createdAt >= ? AND createdAt < ? AND answeredAt IS NOT NULL',
        instants,
      ),
    })),
    projects: once(() =>
      db.find(Project, {
        select: {
          id: true,
          book: true,
          careLevel: true,
          careEndedOn: true,
          officerPostId: true,
          startsThisYear: true,
          updatedAt: true,
        },
      }),
    ),
    sheeted: once(async () => {
      const rows = (await db.query('SELECT DISTINCT projectId FROM service_sheet')) as { projectId: string }[]
      return new Set(rows.map(({ projectId }) => projectId))
    }),
    /** Decided in the year by the bureau and its branches; what is decided above them is not theirs to shorten. */
    approvals: once(async () => {
      const rows = await db.find(Project, {
        select: {
          id: true,
          documentType: true,
          greenChannel: true,
          acceptedOn: true,
          decidedOn: true,
          promisedDueOn: true,
          usedWorkdays: true,
          usedDays: true,
        },
        where: { decidedOn: Between(from, to), careLevel: In(['own', 'lower']) },
      })
      await breathe()
      return rows.flatMap((row): Approval[] => {
        const { acceptedOn, usedWorkdays, usedDays } = row
        const term = acceptedOn === null ? undefined : legalTerm(asked.know.approval, row, acceptedOn)
        if (term === undefined || usedWorkdays === null || usedDays === null) return []
        return [{ ...row, usedWorkdays, usedDays, legalDays: term.days }]
      })
    }),
    visitsHeld: once(() =>
      count(`SELECT COUNT(*) AS n FROM visit WHERE state = 'held' AND onDate >= ? AND onDate <= ?`, days),
    ),
    issues: once(async () => ({
      opened: await count('SELECT COUNT(*) AS n FROM project_issue WHERE openedOn >= ? AND openedOn <= ?', days),
      solved: await count('SELECT COUNT(*) AS n FROM project_issue WHERE solvedOn >= ? AND solvedOn <= ?', days),
    })),
    findings: once(async () => ({
      all: await count(
        `SELECT COUNT(*) AS n FROM visit v JOIN visit_finding f ON f.visitId = v.id
         WHERE v.onDate >= ? AND v.onDate <= ?`,
        days,
      ),
      solved: await count(
        `SELECT COUNT(*) AS n FROM visit v JOIN visit_finding f ON f.visitId = v.id
         WHERE v.onDate >= ? AND v.onDate <= ? AND f.isSolved = 1`,
        days,
      ),
    })),
    teams: once(() => count('SELECT COUNT(*) AS n FROM team WHERE isActive = ?', [1])),
    meetings: once(async () => ({
      held: await count(`SELECT COUNT(*) AS n FROM meeting WHERE state = 'held' AND onDate >= ? AND onDate <= ?`, days),
      issues: await count('SELECT COUNT(*) AS n FROM meeting_issue WHERE raisedOn >= ? AND raisedOn <= ?', days),
    })),
    decisions: once(async () => {
      const rows = (await db.query(
        'SELECT state, dueOn, reportedOn, closedOn FROM decision WHERE dueOn >= ? AND dueOn <= ?',
        days,
      )) as { state: string; dueOn: string; reportedOn: string | null; closedOn: string | null }[]
      await breathe()
      return rows
    }),
    /** Only the share of an expert group has a day of its own. */
    expertHelp: once(async () => {
      const rows = (await db.query(
        `SELECT s.caseId, s.dueOn, s.repliedAt FROM case_share s JOIN help_case c ON c.id = s.caseId
         WHERE s.how = 'assisting' AND s.dueOn IS NOT NULL AND s.since >= ? AND s.since < ? AND ${shown.sql}`,
        [...instants, ...shown.params],
      )) as { caseId: string; dueOn: string; repliedAt: Date | string | null }[]
      await breathe()
      const replies = rows.map((row) => ({ ...row, at: readInstant(row.repliedAt) }))
      const judged = replies.filter(({ at, dueOn }) => at !== null || dueOn < asked.today)
      return {
        cases: new Set(rows.map(({ caseId }) => caseId)).size,
        judged: judged.length,
        inTime: judged.filter(({ at, dueOn }) => at !== null && dateOf(at) <= dueOn).length,
      }
    }),
    handovers: once(async () => {
      const span = [from.slice(0, 7), to.slice(0, 7)]
      const lists = (await db.query('SELECT state FROM handover_list WHERE month >= ? AND month <= ?', span)) as {
        state: string
      }[]
      const approvals = await count(
        `SELECT COUNT(*) AS n FROM handover_list h JOIN handover_line l ON l.listId = h.id
         WHERE h.month >= ? AND h.month <= ? AND l.withdrawnOn IS NULL`,
        span,
      )
      return {
        approvals,
        sent: lists.filter(({ state }) => state !== 'open').length,
        acknowledged: lists.filter(({ state }) => state === 'acknowledged').length,
      }
    }),
    /** Exceedances of the year, without what somebody told of: that is task 22. Received by their own day, the others by that of being sent. */
    leads: once(async () => {
      const rows = (await db.query(
        `SELECT state, dueOn, answeredOn FROM lead WHERE source <> 'tip' AND sentOn >= ? AND sentOn <= ?`,
        days,
      )) as { state: string; dueOn: string; answeredOn: string | null }[]
      await breathe()
      return {
        received: await count(
          `SELECT COUNT(*) AS n FROM lead WHERE source <> 'tip' AND createdOn >= ? AND createdOn <= ?`,
          days,
        ),
        sent: rows.length,
        inTime: rows.filter(({ answeredOn, dueOn }) => answeredOn !== null && answeredOn <= dueOn).length,
        late: rows.filter(({ answeredOn, dueOn }) => (answeredOn ?? asked.today) > dueOn).length,
      }
    }),
    leadersVisits: once(() =>
      count(
        `SELECT COUNT(*) AS n FROM visit v WHERE v.state = 'held' AND v.onDate >= ? AND v.onDate <= ? AND EXISTS
         (SELECT 1 FROM visit_staff s JOIN post p ON p.id = s.postId
          WHERE s.visitId = v.id AND p.role IN ('leader', 'supervisor'))`,
        days,
      ),
    ),
    applicationsRefused: once(() =>
      count(
        `SELECT COUNT(*) AS n FROM rejection WHERE kind = 'application' AND registeredOn >= ? AND registeredOn <= ?`,
        days,
      ),
    ),
    /** Of the window's ledger, by the day of receipt. */
    window: once(async () => {
      const rows = (await db.query(
        `SELECT COUNT(*) AS received, SUM(wasComplete) AS complete,
           SUM(CASE WHEN noticedOn IS NULL THEN 0 ELSE 1 END) AS notified,
           SUM(CASE WHEN acceptedHow = 'deemed' THEN 1 ELSE 0 END) AS deemed
         FROM application WHERE receivedOn >= ? AND receivedOn <= ?`,
        days,
      )) as Record<'received' | 'complete' | 'notified' | 'deemed', number | string | null>[]
      await breathe()
      const of = (name: 'received' | 'complete' | 'notified' | 'deemed') => Number(rows[0]?.[name] ?? 0)
      return {
        received: of('received'),
        complete: of('complete'),
        notified: of('notified'),
        deemed: of('deemed'),
      }
    }),
    /** Lines of the register that the bureau has looked at and agreed to. */
    rejectionsAgreed: once(() =>
      count(
        `SELECT COUNT(*) AS n FROM rejection WHERE kind = 'application' AND state = 'agreed'
         AND registeredOn >= ? AND registeredOn <= ?`,
        days,
      ),
    ),
    /** Told in the year. What may still be done in time counts neither way. */
    tips: once(async () => {
      const rows = (await db.query(
        `SELECT acceptBy, answeredOn, concludeBy, endedOn, finding, isPriority FROM tip
         WHERE receivedOn >= ? AND receivedOn <= ? AND releaseAt IS NULL`,
        days,
      )) as TipDays[]
      await breathe()
      const kept = (due: (row: TipDays) => string | null, done: (row: TipDays) => string | null) => {
        const judged = rows.filter((row) => due(row) !== null && (done(row) ?? asked.today) > (due(row) ?? ''))
        const inTime = rows.filter((row) => done(row) !== null && (done(row) ?? '') <= (due(row) ?? ''))
        return { of: judged.length + inTime.length, inTime: inTime.length }
      }
      return {
        received: rows.length,
        answered: kept(
          (row) => row.acceptBy,
          (row) => row.answeredOn,
        ),
        concluded: kept(
          (row) => row.concludeBy,
          (row) => row.endedOn,
        ),
        true: rows.filter(({ finding }) => finding === 'true' || finding === 'partly').length,
        priority: rows.filter(({ isPriority }) => Number(isPriority) === 1).length,
      }
    }),
    /** Recognised in the year, approved in it, and paid in it: the ledger of money says the last two. */
    rewards: once(async () => {
      // For whoever reads them.
      const unseen = await unseenBy(db, others, instantAt(asked.today))
      const table = rewardsSeen(unseen)
      const money = among('id', unseen.moneyIds)
      return {
        proposed: await count('SELECT COUNT(*) AS n FROM reward WHERE proposedOn >= ? AND proposedOn <= ?', days),
        approved: await count('SELECT COUNT(*) AS n FROM reward WHERE approvedOn >= ? AND approvedOn <= ?', days),
        paid: await count(`SELECT COUNT(*) AS n FROM ${table.sql} r WHERE r.paidOn >= ? AND r.paidOn <= ?`, [
          ...table.params,
          ...days,
        ]),
        approvedFen: await count(
          `SELECT SUM(amountFen) AS n FROM money_entry WHERE kind = 'reserved' AND onDay >= ? AND onDay <= ?`,
          days,
        ),
        paidFen: await count(
          `SELECT SUM(amountFen) AS n FROM money_entry WHERE kind = 'paid' AND onDay >= ? AND onDay <= ? AND NOT (${money.sql})`,
          [...days, ...money.params],
        ),
      }
    }),
    badRatings: once(async () => {
      const rows = (await db.query(
        `SELECT r.state, r.verdict, r.appealedOn, r.secondOn, r.verifyDueOn, r.resolveDueOn, r.verifiedOn, r.resolvedOn
         FROM rectification r JOIN rating g ON g.id = r.ratingId
         WHERE r.createdOn >= ? AND r.createdOn <= ? AND g.isNamed = 1
           AND NOT EXISTS (SELECT c.id FROM help_case c WHERE c.id = r.caseId AND NOT (${shown.sql}))`,
        [...days, ...shown.params],
      )) as BadRating[]
      await breathe()
      return rows
    }),
  }
}

interface TipDays {
  acceptBy: string
  answeredOn: string | null
  concludeBy: string | null
  endedOn: string | null
  finding: string | null
  isPriority: number | boolean
}

/** A decision whose days are known: the acceptance was written down, and a limit was in force. */
export interface Approval {
  greenChannel: string | null
  decidedOn: string | null
  promisedDueOn: string | null
  usedWorkdays: number
  usedDays: number
  legalDays: number
}

export interface BadRating {
  state: string
  appealedOn: string | null
  secondOn: string | null
  verdict: string | null
  verifyDueOn: string
  resolveDueOn: string
  verifiedOn: string | null
  resolvedOn: string | null
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => (known ??= read())
}
