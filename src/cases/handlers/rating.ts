/** Rating a closing (好差评), and putting a bad one right. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import type { Knowledge } from '../../house.js'
import { serve } from '../../http/serve.js'
import { Person } from '../../people/person.js'
import { Post } from '../../people/post.js'
import type { HelpCase } from '../helpCase.js'
import { move } from '../move.js'
import { BAD_SCORE, Rating } from '../rating.js'
import { Rectification } from '../rectification.js'
import { rectificationTarget } from '../rectificationTarget.js'
import { listRectifications, rectificationView } from '../rectificationView.js'
import { weigh } from '../roster.js'
import { leastLoaded } from '../routing.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const ratingVerbs = {
  'case.rate': serve('case.rate', {
    target: caseTarget,
    async handle(call) {
      const { db, actor, input, target, now, know } = call
      const today = dateOf(now)
      const rater = await db.findOneByOrFail(Person, { id: actor.personId ?? '' })
      const ended = target.closedOn === null ? { closedAt: now, closedOn: today, closesOn: null } : {}
      await move({ ...call, verb: 'case.rate' }, { rating: input.score, ...ended })
      const rating = {
        id: uuid(),
        caseId: target.id,
        round: target.round,
        score: input.score,
        text: input.text ?? null,
        personId: rater.id,
        isNamed: rater.phoneHash !== null || rater.nameSealed !== null,
        postId: target.answeredByPostId ?? target.officerPostId,
        unitId: target.unitId,
        at: now,
        ratedOn: today,
      }
      await db.insert(Rating, rating)
      if (input.score <= BAD_SCORE) await openRectification(db, know, now, target, rating)
      return caseView(call, target)
    },
  }),
  'rectification.list': serve('rectification.list', {
    handle: ({ db, know, actor, grants, input, now }) => listRectifications(db, know, actor, grants, input, now),
  }),
  'rectification.read': serve('rectification.read', {
    target: rectificationTarget,
    handle: ({ db, actor, target }) => rectificationView(db, actor, target),
  }),
  'rectification.verify': serve('rectification.verify', {
    target: rectificationTarget,
    async handle({ db, actor, input, target, now }) {
      // 属实的整改；误评、恶意的核实后办结
      const state = input.verdict === 'founded' ? 'verified' : 'closed'
      const { verdict, finding } = input
      await change(db, Rectification, target, { state, verdict, finding, verifiedOn: dateOf(now) })
      return rectificationView(db, actor, target)
    },
  }),
  'rectification.resolve': serve('rectification.resolve', {
    target: rectificationTarget,
    async handle({ db, actor, input, target, now }) {
      const { measures } = input
      await change(db, Rectification, target, { state: 'resolved', measures, resolvedOn: dateOf(now) })
      return rectificationView(db, actor, target)
    },
  }),
  'rectification.callBack': serve('rectification.callBack', {
    target: rectificationTarget,
    async handle({ db, actor, input, target, now }) {
      const { text: callBack, isSatisfied } = input
      // 回访仍不满意的，继续整改
      const state = isSatisfied ? 'closed' : 'verified'
      const again = isSatisfied ? {} : { resolvedOn: null }
      await change(db, Rectification, target, { state, callBack, isSatisfied, calledBackOn: dateOf(now), ...again })
      return rectificationView(db, actor, target)
    },
  }),
}

/** 差评由被评价人以外的人核实、整改: 1 working day to verify, 15 to put right. */
async function openRectification(db: EntityManager, know: Knowledge, now: Date, target: HelpCase, rating: Rating) {
  const today = dateOf(now)
  const { verify, resolve } = know.deadlines.rectification
  await create(db, Rectification, {
    id: uuid(),
    caseId: target.id,
    ratingId: rating.id,
    state: 'assigned',
    score: rating.score,
    ratedPostId: rating.postId,
    handlerPostId: await handlerOf(db, target, rating.postId, today),
    unitId: target.unitId,
    createdAt: now,
    createdOn: today,
    verifyDueOn: know.calendar.workdayAfter(today, verify.workdays),
    resolveDueOn: know.calendar.workdayAfter(today, resolve.workdays),
    verdict: null,
    finding: null,
    verifiedOn: null,
    measures: null,
    resolvedOn: null,
    callBack: null,
    calledBackOn: null,
    isSatisfied: null,
  })
}

/** The unit's leader, another officer of the unit, or a supervisor: whoever comes first and is another person. */
async function handlerOf(db: EntityManager, target: HelpCase, ratedPostId: string | null, today: string): Promise<string | null> {
  const rated = ratedPostId === null ? null : await db.findOneBy(Post, { id: ratedPostId })
  const unit = target.unitId === null ? [] : await db.findBy(Post, { unitId: target.unitId, isActive: true })
  const above = await db.findBy(Post, { role: 'supervisor', isActive: true })
  const ranks = [
    unit.filter(({ role }) => role === 'leader'),
    unit.filter(({ role }) => role === 'officer'),
    above,
  ]
  for (const rank of ranks) {
    const others = rank.filter(
      (post) =>
        post.phoneHash !== rated?.phoneHash && post.id !== target.aboutPostId && post.unitId !== target.aboutUnitId,
    )
    const present = (await weigh(db, others, today)).filter(({ isAway }) => !isAway)
    const chosen = leastLoaded(present)
    if (chosen) return chosen.postId
  }
  return null
}
