/** Rating a closing (好差评), and putting a bad one right. */
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { forUpdate } from '../../database/transaction.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { appealObstacle, isRated, mayRateAgain, rectificationOfRound } from '../appeal.js'
import { rate } from '../rate.js'
import { Rectification } from '../rectification.js'
import { rectificationTarget } from '../rectificationTarget.js'
import { listRectifications, rectificationView } from '../rectificationView.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const ratingVerbs = {
  'case.rate': serve('case.rate', {
    target: caseTarget,
    async handle(call) {
      const { input, target, grants } = call
      const own = grants[0]?.ownPostIds ?? []
      if ([target.answeredByPostId, target.officerPostId].some((id) => id !== null && own.includes(id))) {
        throw new Problem('forbidden', { title: '承办人不能评价自己的答复' })
      }
      await rate(call, input)
      return caseView(call, target)
    },
  }),
  'rectification.rateAgain': serve('rectification.rateAgain', {
    target: caseTarget,
    targetId: ({ caseId }) => caseId,
    async handle(call) {
      const { db, input, target, grants, now } = call
      const own = grants[0]?.ownPostIds ?? []
      const one = await rectificationOfRound(db, target, { lock: forUpdate(db) })
      if (!one || !mayRateAgain(one)) throw new Problem('wrongState', { title: '整改回访后可以再评价一次' })
      if (one.ratedPostId !== null && own.includes(one.ratedPostId)) {
        throw new Problem('forbidden', { title: '承办人不能评价自己的答复' })
      }
      await change(db, Rectification, one, { secondScore: input.score, secondOn: dateOf(now) })
      return caseView(call, target)
    },
  }),
  'rectification.appeal': serve('rectification.appeal', {
    target: caseTarget,
    targetId: ({ caseId }) => caseId,
    async handle(call) {
      const { db, know, actor, input, target, now } = call
      const one = await rectificationOfRound(db, target, { lock: forUpdate(db) })
      if (!one || !isRated(actor, one)) throw new Problem('forbidden', { title: '只有被评价的人可以申诉' })
      const obstacle = appealObstacle(one, know, now)
      if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
      const today = dateOf(now)
      await change(db, Rectification, one, {
        appealText: input.text,
        appealedByPostId: one.ratedPostId,
        appealedOn: today,
        appealDueOn: know.calendar.workdayAfter(today, know.deadlines.rectification.appealDecision.workdays),
      })
      return caseView(call, target)
    },
  }),
  'rectification.decideAppeal': serve('rectification.decideAppeal', {
    target: rectificationTarget,
    async handle({ db, actor, input, target, now }) {
      const today = dateOf(now)
      const { isUpheld, finding } = input
      const decided = { appealFinding: finding, appealDecidedOn: today }
      // 申诉成立的，按误评办结，不再整改
      const settled = { state: 'closed', verdict: 'mistaken', verifiedOn: target.verifiedOn ?? today } as const
      const result = isUpheld ? ('upheld' as const) : ('dismissed' as const)
      await change(db, Rectification, target, { ...decided, appealResult: result, ...(isUpheld ? settled : {}) })
      return rectificationView(db, actor, target)
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
