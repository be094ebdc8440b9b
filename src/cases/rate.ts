/** One closing rated (好差评); a bad rating opens its rectification at once. */
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { Person } from '../people/person.js'
import { Post } from '../people/post.js'
import { accusedOf, isAccused } from './accused.js'
import { unappealed } from './appeal.js'
import type { Rules } from './clock.js'
import type { HelpCase, Review } from './helpCase.js'
import { move } from './move.js'
import { BAD_SCORE, Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'
import { weigh } from './roster.js'
import { leastLoaded } from './routing.js'
import type { Taken } from './steps.js'

interface Given {
  score: number
  text?: string | undefined
  /** Set where the content check has been made already. */
  review?: Review
}

/** The rating of the case's present round, by who acts. */
export async function rate(step: Taken, { score, text, review }: Given): Promise<void> {
  const { db, actor, target, now, know } = step
  const today = dateOf(now)
  const rater = await db.findOneByOrFail(Person, { id: actor.personId ?? '' })
  const ended = target.closedOn === null ? { closedAt: now, closedOn: today, closesOn: null } : {}
  const said = { id: idAt(now), text: text ?? null }
  const word = { text, ...(review ? { review } : {}) }
  await move({ ...step, verb: 'case.rate' }, { rating: score, ...ended }, word, undefined, { rated: [null, said] })
  const rating = {
    ...said,
    caseId: target.id,
    round: target.round,
    score,
    personId: rater.id,
    isNamed: rater.phoneHash !== null || rater.nameSealed !== null,
    postId: target.answeredByPostId ?? target.officerPostId,
    unitId: target.unitId,
    at: now,
    ratedOn: today,
  }
  await db.insert(Rating, rating)
  if (score <= BAD_SCORE) await openRectification(db, know, now, target, rating)
}

/** 差评由被评价人以外的人核实、整改: 1 working day to verify, 15 to put right. */
async function openRectification(db: EntityManager, know: Rules, now: Date, target: HelpCase, rating: Rating) {
  const today = dateOf(now)
  const { verify, resolve } = know.deadlines.rectification
  await create(db, Rectification, {
    id: idAt(now),
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
    ...unappealed,
  })
}

/** The unit's leader, another officer of the unit, or a supervisor: whoever comes first and is another person. */
async function handlerOf(
  db: EntityManager,
  target: HelpCase,
  ratedPostId: string | null,
  today: string,
): Promise<string | null> {
  const rated = ratedPostId === null ? null : await db.findOneBy(Post, { id: ratedPostId })
  const unit = target.unitId === null ? [] : await db.findBy(Post, { unitId: target.unitId, isActive: true })
  const above = await db.findBy(Post, { role: 'supervisor', isActive: true })
  const accused = await accusedOf(db, target)
  // Whoever agreed to the refusal that is rated has a share in it.
  const agreed = await db.findOne(Rejection, { where: { caseId: target.id }, order: { id: 'DESC' } })
  const sharer = agreed && (await db.findOneBy(Post, { id: agreed.agreedByPostId }))
  const ranks = [unit.filter(({ role }) => role === 'leader'), unit.filter(({ role }) => role === 'officer'), above]
  for (const rank of ranks) {
    const others = rank.filter(
      (post) => ![rated?.phoneHash, sharer?.phoneHash].includes(post.phoneHash) && !isAccused(accused, post),
    )
    const present = (await weigh(db, others, today)).filter(({ isAway }) => !isAway)
    const chosen = leastLoaded(present)
    if (chosen) return chosen.postId
  }
  return null
}
