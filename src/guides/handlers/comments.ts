/** The clerk's answers to what readers wrote. */
import { IsNull, LessThan, Not } from 'typeorm'
import { revise } from '../../audit/revision.js'
import { change } from '../../audit/trail.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { commentTarget } from '../commentTarget.js'
import { GuideComment } from '../guideComment.js'
import { isPublic, staffCommentViews } from '../view.js'

export const commentVerbs = {
  'guide.comments': serve('guide.comments', {
    async handle({ db, actor, input, know }) {
      const after = readCursor(know.keyring, 'guide.comments', input)
      const rows = await db.find(GuideComment, {
        where: {
          ...(input.guideId === undefined ? {} : { guideId: input.guideId }),
          ...(input.isAnswered === undefined ? {} : { answeredAt: input.isAnswered ? Not(IsNull()) : IsNull() }),
          ...(after ? { id: LessThan(after[1]) } : {}),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      return pageFrom(rows, input.limit, await staffCommentViews(db, know, actor, rows), (last) =>
        writeCursor(know.keyring, 'guide.comments', input, [last.id, last.id]),
      )
    },
  }),
  'guide.replyComment': serve('guide.replyComment', {
    target: commentTarget,
    async handle({ db, actor, target, input, now, know, grants }) {
      const wasPublic = isPublic(target)
      // The clerk has read it: showing the answer releases the comment, whatever the check said.
      const review = input.isPublic ? 'passed' : 'held'
      const postId = grants[0]?.postId ?? null
      await change(db, GuideComment, target, { answer: input.answer, answeredAt: now, postId, review })
      if (wasPublic || isPublic(target)) await revise(db, 'guides')
      const [view] = await staffCommentViews(db, know, actor, [target])
      if (!view) throw new Error('a comment without its guide')
      return view
    },
  }),
}
