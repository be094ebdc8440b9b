/** What happens to cases by itself: telling, the content check, reminders, escalation, closing, a new calendar. */
import { Between, In, IsNull, LessThan, Not } from 'typeorm'
import { type AnyJob, job } from '../audit/jobKind.js'
import { enqueue, type NewJob } from '../audit/queue.js'
import { type Slice, slice } from '../audit/slices.js'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { holdersOf } from '../notices/holders.js'
import { tell } from '../notices/tell.js'
import { openFor } from '../people/personal.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import { type Screening, screenText } from '../wechat/screen.js'
import { aboutOf, accusedOf, withoutAccused } from './accused.js'
import { CaseEntry } from './caseEntry.js'
import { kept, type Rules } from './clock.js'
import { recountReplies, remindExperts } from './expertHelp.js'
import { HelpCase } from './helpCase.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'
import { closeSilent } from './steps.js'
import { openStates } from './states.js'
import { loadCase } from './target.js'
import { spread, type TidingName, untilDay } from './tidings.js'

interface Telling {
  caseId: string
  tiding: TidingName
  uniqueKey?: string
}

const tellOnce = (row: HelpCase, tiding: TidingName, mark: string): NewJob => {
  const uniqueKey = `${tiding}:${row.id}:${mark}`
  return { kind: 'case.tell', payload: { caseId: row.id, tiding, uniqueKey }, uniqueKey: `case.${uniqueKey}` }
}

interface ToScreen {
  openid: string | null
  title?: string
  text: string
  entryIds: string[]
  isLastTry: boolean
}

/** After so many tries WeChat counts as down, and an officer looks at the text. */
const SCREEN_TRIES = 5

const closing = ({ state, answeredOn }: HelpCase, { calendar, deadlines }: Rules) =>
  state === 'answered' && answeredOn !== null
    ? { closesOn: calendar.workdayAfter(answeredOn, deadlines.autoClose.workdays) }
    : {}

export const caseJobs: Readonly<Record<string, AnyJob>> = {
  'case.tell': job<Telling>({
    async handle({ db, know, now, payload }) {
      const row = await loadCase(db, payload.caseId, false)
      if (!row) return
      const spoken = await db.findOne(CaseEntry, {
        where: { caseId: row.id, postId: Not(IsNull()) },
        order: { id: 'DESC' },
      })
      const { tiding, uniqueKey } = payload
      await spread(db, know, now, tiding, row, { said: spoken?.text ?? '', ...(uniqueKey ? { uniqueKey } : {}) })
    },
  }),

  /** Whoever is to put a bad rating right learns of it. */
  'case.tellRectifier': job<{ caseId: string }>({
    async handle({ db, know, now, payload: { caseId } }) {
      const row = await db.findOneBy(HelpCase, { id: caseId })
      const one = await db.findOne(Rectification, { where: { caseId }, order: { id: 'DESC' } })
      if (!row || !one) return
      const values = { number: row.number, rating: one.score === 1 ? '非常不满' : '不满意', dueOn: one.verifyDueOn }
      const supervisors = await db.findBy(Post, { role: 'supervisor', isActive: true })
      const postIds = one.handlerPostId === null ? supervisors.map(({ id }) => id) : [one.handlerPostId]
      const rated = await accusedOf(db, { aboutUnitId: null, aboutPostId: one.ratedPostId })
      const holders = await withoutAccused(db, row, await holdersOf(db, postIds, dateOf(now)))
      await tell(db, know, now, {
        personIds: holders.filter((id) => !rated.personIds.includes(id)),
        subjectKind: 'rectification',
        subjectId: one.id,
        title: `有差评要核实，${untilDay(one.verifyDueOn)}完成`,
        text: row.number,
        template: 'rectificationAssigned',
        values,
      })
    },
  }),

  /** 否决事项备案: what the branch is to correct, or what it has corrected. */
  'rejection.tell': job<{ rejectionId: string; version: number; to: 'leaders' | 'supervisors' }>({
    async handle({ db, know, now, payload: { rejectionId, version, to } }) {
      const row = await db.findOneBy(Rejection, { id: rejectionId })
      if (!row) return
      const isUp = to === 'supervisors'
      const where = isUp ? { role: 'supervisor' as const } : { role: 'leader' as const, unitId: row.unitId ?? '' }
      const posts = await db.findBy(Post, { ...where, isActive: true })
      const holders = await holdersOf(
        db,
        posts.map(({ id }) => id),
        dateOf(now),
      )
      const about = (await aboutOf(db, row.caseId === null ? [] : [row.caseId])).get(row.caseId ?? '')
      await tell(db, know, now, {
        personIds: about ? await withoutAccused(db, about, holders) : holders,
        subjectKind: 'rejection',
        subjectId: row.id,
        title: isUp ? '有否决事项已报纠正结果，请再审查' : '市局要求纠正一件否决事项，请查看',
        text: row.basis,
        uniqueKey: `rejection.${to}:${row.id}:${version}`,
      })
    },
  }),

  /** WeChat looks at what the enterprise wrote; the clock never waits for it. */
  'case.screen': job<{ caseId: string; personId: string }, ToScreen, Screening>({
    async claim({ db, know, attempt, payload: { caseId, personId } }) {
      const row = await db.findOneBy(HelpCase, { id: caseId })
      const pending = await db.findBy(CaseEntry, { caseId, personId, review: 'pending' })
      if (!row || pending.length === 0) return undefined
      const isFirst = pending.some(({ verb }) => verb === 'case.submit')
      const texts = [...(isFirst ? [row.text] : []), ...pending.flatMap(({ text }) => text ?? [])]
      const person = await db.findOneBy(Person, { id: personId })
      const key = (await loadPersonalKeys(db, know.keyring, [personId])).get(personId)
      return {
        openid: person && openFor(key, person, 'openid'),
        ...(isFirst ? { title: row.title } : {}),
        text: texts.join('\n'),
        entryIds: pending.map(({ id }) => id),
        isLastTry: attempt >= SCREEN_TRIES,
      }
    },
    async outside({ outside, claimed }) {
      try {
        return await screenText(outside.wechat, claimed.openid, claimed.text, claimed.title)
      } catch (error) {
        if (claimed.isLastTry) return 'pending'
        throw error
      }
    },
    async handle({ db, payload: { caseId }, claimed, result }) {
      const row = await loadCase(db, caseId, true)
      // What an officer has decided meanwhile stands.
      const open = { id: In(claimed.entryIds), review: 'pending' as const }
      if (!row || !(await db.existsBy(CaseEntry, open))) return { isHeld: false }
      await db.update(CaseEntry, open, { review: result })
      const left = (await db.findBy(CaseEntry, { caseId, review: Not('passed') })).map((entry) => entry.review)
      const review = left.includes('held') ? 'held' : left.length > 0 ? 'pending' : 'passed'
      if (review !== row.review) await change(db, HelpCase, row, { review })
      return { isHeld: result !== 'passed' }
    },
  }),

  /** 到期前1个工作日提醒. */
  'case.remind': job<Slice>({
    async handle({ db, know, now, payload }) {
      const today = dateOf(now)
      // Also what is due sooner: a case may have been waiting on the day of its reminder.
      const dueOn = Between(today, know.calendar.workdayAfter(today, know.deadlines.remind.workdays))
      const where = { state: In(['assigned', 'handling']), dueOn }
      await slice(db, { kind: 'case.remind', payload, entity: HelpCase, where, now }, (rows) =>
        enqueue(
          db,
          rows.map((row) => tellOnce(row, 'dueSoon', row.dueOn)),
          now,
        ),
      )
    },
  }),

  'case.remindExperts': job<{ day: string }>({
    handle: ({ db, know, now }) => remindExperts(db, know, now),
  }),

  /** 逾期即报分局领导，逾期2个工作日报市局；没有按时签收的同时提醒. */
  'case.escalate': job<Slice>({
    async handle({ db, know, now, payload }) {
      const today = dateOf(now)
      const { calendar, deadlines } = know
      const where = [
        { state: In(['assigned', 'handling']), dueOn: LessThan(today) },
        { state: 'assigned' as const, signDueOn: LessThan(today) },
      ]
      await slice(db, { kind: 'case.escalate', payload, entity: HelpCase, where, now }, (rows) =>
        enqueue(
          db,
          rows.flatMap((row) => [
            ...(row.state === 'assigned' && row.signDueOn < today ? [tellOnce(row, 'signLate', row.signDueOn)] : []),
            // Handed to another unit, its leader hears of it too.
            ...(row.dueOn < today ? [tellOnce(row, 'overdue', `${row.dueOn}:${row.unitId ?? ''}`)] : []),
            ...(row.dueOn < today && calendar.countWorkdays(row.dueOn, today) >= deadlines.escalate.supervisor.workdays
              ? [tellOnce(row, 'overdueLong', row.dueOn)]
              : []),
          ]),
          now,
        ),
      )
    },
  }),

  /** 答复后10个工作日没有回应，自动办结. */
  'case.closeSilent': job<Slice>({
    async handle({ db, now, payload }) {
      const where = { state: 'answered' as const, closesOn: LessThan(dateOf(now)) }
      await slice(db, { kind: 'case.closeSilent', payload, entity: HelpCase, where, now }, (rows) =>
        enqueue(
          db,
          rows.map((row) => ({
            kind: 'case.closeOne',
            payload: { caseId: row.id, closesOn: row.closesOn },
            uniqueKey: `case.closeOne:${row.id}:${row.round}`,
          })),
          now,
        ),
      )
    },
  }),
  'case.closeOne': job<{ caseId: string; closesOn: string }>({
    async handle({ db, now, payload }) {
      const row = await loadCase(db, payload.caseId, true)
      if (row?.state !== 'answered' || row.closesOn !== payload.closesOn) return { isClosed: false }
      await closeSilent({ db, target: row, now })
      return { isClosed: true }
    },
  }),

  /** A case that waits is due later with each day it waits. */
  'case.refreshWaiting': job<Slice>({
    async handle({ db, know, now, payload }) {
      await slice(
        db,
        { kind: 'case.refreshWaiting', payload, entity: HelpCase, where: { state: 'waiting' }, now },
        async (rows) => {
          // Follows from the calendar alone and changes nobody's duty: no line in the trail for each day.
          for (const row of rows) await db.update(HelpCase, { id: row.id, version: row.version }, kept(row, know, now))
        },
      )
    },
  }),

  /** The calendar of a year has been announced: every open due date, and when what is answered closes, is counted again. */
  'case.recompute': job<Slice, true, void>({
    claim: async () => true,
    // Another process imported it, perhaps a moment ago: count by the new one.
    outside: ({ house }) => house.refresh(['calendar']),
    async handle({ db, know, now, payload }) {
      const where = { state: In([...openStates, 'answered']) }
      await slice(db, { kind: 'case.recompute', payload, entity: HelpCase, where, now }, async (rows) => {
        await recountReplies(
          db,
          know,
          rows.map(({ id }) => id),
        )
        for (const row of rows) {
          const fresh = { ...kept(row, know, now), ...closing(row, know) }
          if (Object.entries(fresh).every(([field, value]) => row[field as keyof HelpCase] === value)) continue
          const locked = await loadCase(db, row.id, true)
          if (locked?.version === row.version) await change(db, HelpCase, locked, fresh)
        }
      })
    },
  }),
}
