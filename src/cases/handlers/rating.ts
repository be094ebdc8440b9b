/** Rating a closing (好差评), and putting a bad one right. */
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
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
