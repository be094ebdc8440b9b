/** The rejection register (否决事项备案): read by whom it concerns, looked at by the bureau, corrected by the branch. */
import { change } from '../../audit/trail.js'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { Rejection } from '../rejection.js'
import { rejectionTarget } from '../rejectionTarget.js'
import { hasShare, listRejections, rejectionView } from '../rejectionView.js'

export const registerVerbs = {
  'rejection.list': serve('rejection.list', {
    handle: ({ db, know, actor, grants, input }) => listRejections(db, know, actor, grants, input),
  }),
  'rejection.review': serve('rejection.review', {
    target: rejectionTarget,
    async handle({ db, actor, input, target, grants, now }) {
      const { isAgreed, remark = null } = input
      if (!isAgreed && remark === null) throw invalid('remark', '要求纠正的，请写明怎样纠正')
      if (hasShare(target, grants[0]?.ownPostIds ?? [])) {
        throw new Problem('forbidden', { title: '提出或同意否决的人不能审查这件备案' })
      }
      await change(db, Rejection, target, {
        state: isAgreed ? 'agreed' : 'toCorrect',
        remark,
        reviewedByPostId: grants[0]?.postId ?? null,
        reviewedOn: dateOf(now),
      })
      return rejectionView(db, actor, target)
    },
  }),
  'rejection.correct': serve('rejection.correct', {
    target: rejectionTarget,
    async handle({ db, actor, input, target, grants, now }) {
      await change(db, Rejection, target, {
        state: 'corrected',
        correction: input.text,
        correctedByPostId: grants[0]?.postId ?? null,
        correctedOn: dateOf(now),
      })
      return rejectionView(db, actor, target)
    },
  }),
}
