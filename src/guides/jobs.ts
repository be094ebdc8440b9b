/** What follows from a reader's comment: WeChat's check, which nothing waits for, and word of the answer. */
import type { AnyJob } from '../audit/jobKind.js'
import { job } from '../audit/jobKind.js'
import { change } from '../audit/trail.js'
import { forUpdate } from '../database/transaction.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { Person } from '../people/person.js'
import { openFor } from '../people/personal.js'
import { tell } from '../notices/tell.js'
import { Post } from '../people/post.js'
import { type Screening, screenText } from '../wechat/screen.js'
import { Guide } from './guide.js'
import { GuideComment } from './guideComment.js'
import { GuideQuestion } from './guideQuestion.js'

interface Payload {
  commentId: string
}

interface Claimed {
  openid: string | null
  text: string
}

export const guideJobs: Readonly<Record<string, AnyJob>> = {
  /** An answer by the clerk outruns the check. */
  'guide.screenComment': job<Payload, Claimed, Screening>({
    async claim({ db, payload, know }) {
      const comment = await db.findOneBy(GuideComment, { id: payload.commentId, review: 'pending' })
      const person = comment?.personId ? await db.findOneBy(Person, { id: comment.personId }) : null
      if (!comment || !person) return undefined
      const key = (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
      return { openid: openFor(key, person, 'openid'), text: comment.text }
    },
    outside: ({ claimed, outside }) => screenText(outside.wechat, claimed.openid, claimed.text),
    async handle({ db, payload, result }) {
      const lock = forUpdate(db)
      const comment = await db.findOne(GuideComment, { where: { id: payload.commentId }, ...(lock ? { lock } : {}) })
      if (comment?.review === 'pending' && result !== 'pending') {
        await change(db, GuideComment, comment, { review: result })
      }
    },
  }),
  'guide.tellAnswer': job<Payload & { version: number }>({
    async handle({ db, payload: { commentId, version }, now, know }) {
      const comment = await db.findOneBy(GuideComment, { id: commentId })
      const guide = comment && (await db.findOneBy(Guide, { id: comment.guideId }))
      if (!guide || comment.personId === null || comment.answer === null) return
      await tell(db, know, now, {
        personIds: [comment.personId],
        subjectKind: 'guide',
        subjectId: guide.id,
        title: '您对指南的意见有答复了',
        text: `《${guide.title}》：${comment.answer}`,
        uniqueKey: `guideComment:${commentId}:${version}`,
      })
    },
  }),
  /** The clerks learn what was proposed from a case. */
  'guide.tellQuestions': job<{ caseId: string }>({
    async handle({ db, payload: { caseId }, now, know }) {
      const clerks = await db.findBy(Post, { role: 'clerk', isActive: true })
      for (const row of await db.findBy(GuideQuestion, { caseId, state: 'proposed' })) {
        const guide = await db.findOneBy(Guide, { id: row.guideId })
        await tell(db, know, now, {
          postIds: clerks.map(({ id }) => id),
          subjectKind: 'question',
          subjectId: row.id,
          title: `有一个问题建议列入《${guide?.title ?? '指南'}》`.slice(0, 200),
          text: row.question,
          uniqueKey: `guideQuestion:${row.id}`,
        })
      }
    },
  }),
  'guide.tellSettled': job<{ questionId: string }>({
    async handle({ db, payload: { questionId }, now, know }) {
      const row = await db.findOneBy(GuideQuestion, { id: questionId })
      if (!row || row.state === 'proposed') return
      await tell(db, know, now, {
        postIds: [row.proposedByPostId],
        subjectKind: 'case',
        subjectId: row.caseId,
        title: row.state === 'taken' ? '您建议的问题已列入指南草稿' : '您建议的问题没有列入指南',
        text: row.note ?? row.question,
        uniqueKey: `guideQuestion.settled:${questionId}`,
      })
    },
  }),
}
