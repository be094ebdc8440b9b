/** A case's question and answer on their way into a guide: proposed by staff, without anything that says whose it was. */
import type { EntityManager } from 'typeorm'
import { create } from '../audit/trail.js'
import { idAt } from '../database/idAt.js'
import { invalid } from '../problem.js'
import { Guide } from './guide.js'
import { GuideQuestion } from './guideQuestion.js'

interface Proposal {
  guideId: string
  caseId: string
  caseNumber: string
  question: string
  answer: string
  postId: string
  /** Names, codes and numbers that must not stand in it. */
  personal: readonly string[]
}

const MOBILE = /1[3-9]\d{9}/

/** @throws Problem invalid, where the guide is not there or the words say whose case it was */
export async function proposeQuestion(db: EntityManager, proposal: Proposal, now: Date): Promise<GuideQuestion> {
  const { guideId, caseId, caseNumber, question, answer, postId, personal } = proposal
  if (!(await db.existsBy(Guide, { id: guideId }))) throw invalid('guideId', '没有这份指南')
  for (const [path, text] of Object.entries({ question, answer })) {
    const said = personal.find((one) => text.includes(one))
    if (said !== undefined) throw invalid(path, `不要写「${said}」，换成一般的说法`)
    if (MOBILE.test(text)) throw invalid(path, '不要写手机号')
  }
  return create(db, GuideQuestion, {
    id: idAt(now),
    guideId,
    caseId,
    caseNumber,
    question,
    answer,
    state: 'proposed',
    proposedByPostId: postId,
    proposedAt: now,
    settledByPostId: null,
    settledAt: null,
    note: null,
  })
}
