/** What the rated may say against a bad rating (申诉), and the second rating after call-back: read from the rectification. */
import type { EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import type { Actor } from '../people/actor.js'
import type { Rules } from './clock.js'
import type { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'
import { Rectification } from './rectification.js'

/** What follows from the rating of the case's present round. */
export async function rectificationOfRound(db: EntityManager, row: Pick<HelpCase, 'id' | 'round'>, lock?: object) {
  const rating = await db.findOneBy(Rating, { caseId: row.id, round: row.round })
  if (!rating) return null
  return db.findOne(Rectification, { where: { ratingId: rating.id }, ...lock })
}

/** 被评价人: the rating is about a post of theirs. */
export const isRated = ({ holdings, formerPostIds }: Actor, { ratedPostId }: Rectification): boolean =>
  ratedPostId !== null && [...holdings.map(({ postId }) => postId), ...formerPostIds].includes(ratedPostId)

/** The last day on which it may be appealed against. */
export const appealUntil = ({ createdOn }: Rectification, { calendar, deadlines }: Rules): string =>
  calendar.workdayAfter(createdOn, deadlines.rectification.appeal.workdays)

/** Why there can be no appeal, in a sentence; undefined where there can. */
export function appealObstacle(row: Rectification, know: Rules, now: Date): string | undefined {
  if (row.appealedOn !== null) return '这次评价已经申诉过了'
  if (row.state === 'closed') return '这件差评已经办结，不能再申诉'
  return dateOf(now) > appealUntil(row, know) ? '已经过了申诉期限' : undefined
}

/** 回访后再次评价: once, after it has been put right and called back on. */
export const mayRateAgain = ({ state, calledBackOn, secondScore }: Rectification): boolean =>
  state === 'closed' && calledBackOn !== null && secondScore === null

/** What the rated said against it, and what the bureau decided. */
export function appealView(row: Rectification): Output<'rectification.read'>['appeal'] {
  const { appealText: text, appealedOn: on, appealDueOn: dueOn } = row
  if (text === null || on === null || dueOn === null) return null
  return { text, on, dueOn, result: row.appealResult, finding: row.appealFinding, decidedOn: row.appealDecidedOn }
}

/** Of a rectification that nobody has appealed against, nor rated again. */
export const unappealed = {
  appealText: null,
  appealedByPostId: null,
  appealedOn: null,
  appealDueOn: null,
  appealResult: null,
  appealFinding: null,
  appealDecidedOn: null,
  secondScore: null,
  secondOn: null,
}
