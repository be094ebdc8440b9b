/** Proposed questions: the clerk words each anew into the guide's draft, or leaves it and says why. */
import { LessThan } from 'typeorm'
import { change } from '../../audit/trail.js'
import { toWireInstant } from '../../calendar/dates.js'
import type { Output } from '../../contract.js'
import { forUpdate } from '../../database/transaction.js'
import { possible } from '../../http/can.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve, type Target } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { Post } from '../../people/post.js'
import { byId } from '../../people/view.js'
import { invalid, Problem } from '../../problem.js'
import { Guide } from '../guide.js'
import { GuideQuestion } from '../guideQuestion.js'
import { findGuide } from '../guideTarget.js'
import { obstacleTo } from '../states.js'
import { saveDraft, workingVersion } from './editor.js'
import type { EntityManager } from 'typeorm'

const questionTarget: Target<GuideQuestion> = {
  seenBy: 'guide.questions',
  scopes: { all: { holds: () => true, where: () => ({ sql: '1 = 1', params: [] }) } },
  load: (db, id, lock) => db.findOne(GuideQuestion, { where: { id }, ...(lock ? { lock: forUpdate(db) } : {}) }),
  obstacle: ({ state }, verb) =>
    state === 'proposed' || (verb !== 'guide.takeQuestion' && verb !== 'guide.leaveQuestion')
      ? undefined
      : '这个问题已经处理过了',
}

const MOST_QUESTIONS = 40

export const questionVerbs = {
  'guide.questions': serve('guide.questions', {
    async handle({ db, actor, input, know }) {
      const after = readCursor(know.keyring, 'guide.questions', input)
      const rows = await db.find(GuideQuestion, {
        where: {
          ...(input.state === undefined ? {} : { state: input.state }),
          ...(after ? { id: LessThan(after[1]) } : {}),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      return pageFrom(rows, input.limit, await questionViews(db, actor, rows), (last) =>
        writeCursor(know.keyring, 'guide.questions', input, [last.id, last.id]),
      )
    },
  }),
  'guide.takeQuestion': serve('guide.takeQuestion', {
    target: questionTarget,
    async handle({ db, actor, input, target, grants, now }) {
      const guide = await findGuide(db, target.guideId, true)
      if (!guide) throw new Problem('notFound')
      const obstacle = obstacleTo('guide.save', guide)
      if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
      const { content } = await workingVersion(db, guide)
      const faq = [...(content.faq ?? []), { q: input.question, a: input.answer }]
      if (faq.length > MOST_QUESTIONS) throw invalid('question', '这份指南的常见问题已经满了，请先精简')
      const by = { settledByPostId: grants[0]?.postId ?? null, settledAt: now }
      await saveDraft(db, guide, { faq }, { now, postId: by.settledByPostId })
      await change(db, GuideQuestion, target, { state: 'taken', ...by, question: input.question, answer: input.answer })
      return one(db, actor, target)
    },
  }),
  'guide.leaveQuestion': serve('guide.leaveQuestion', {
    target: questionTarget,
    async handle({ db, actor, input, target, grants, now }) {
      const by = { settledByPostId: grants[0]?.postId ?? null, settledAt: now }
      await change(db, GuideQuestion, target, { state: 'dismissed', ...by, note: input.note })
      return one(db, actor, target)
    },
  }),
}

async function one(db: EntityManager, actor: Actor, row: GuideQuestion) {
  const [view] = await questionViews(db, actor, [row])
  if (!view) throw new Error('a question without its view')
  return view
}

async function questionViews(
  db: EntityManager,
  actor: Actor,
  rows: readonly GuideQuestion[],
): Promise<Output<'guide.takeQuestion'>[]> {
  const guides = await byId(
    db,
    Guide,
    rows.map(({ guideId }) => guideId),
  )
  const posts = await byId(
    db,
    Post,
    rows.flatMap(({ proposedByPostId, settledByPostId }) => [proposedByPostId, settledByPostId]),
  )
  return rows.map((row) => {
    const guide = guides.get(row.guideId)
    return {
      id: row.id,
      guide: { id: row.guideId, code: guide?.code ?? '', title: guide?.title ?? '' },
      caseNumber: row.caseNumber,
      question: row.question,
      answer: row.answer,
      state: row.state,
      proposedBy: posts.get(row.proposedByPostId)?.name ?? '',
      proposedAt: toWireInstant(row.proposedAt),
      settledBy: posts.get(row.settledByPostId ?? '')?.name ?? null,
      settledAt: row.settledAt && toWireInstant(row.settledAt),
      note: row.note,
      version: row.version,
      can: possible(actor, questionTarget, row, ['guide.takeQuestion', 'guide.leaveQuestion']),
    }
  })
}
