/** Giving a case to another post, of the same unit (指派) or of another (转办), and asking who could take one. */
import { type EntityManager, In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { dateOf } from '../calendar/dates.js'
import { Post } from '../people/post.js'
import { type About, accusedOf, isAccused } from './accused.js'
import { CaseShare } from './caseShare.js'
import { move, type Step } from './move.js'

type Handing = Omit<Step, 'verb'> & { verb: 'case.transfer' | 'case.assign' }

/** Said of a unit that has nobody for a case. */
export const nobodyThere = '这个单位还没有人可以接，请换一个单位或由市局指派'

/** Whether anybody of the unit could work on it: an officer or a leader, whom it is not about. */
export async function hasTakers(db: EntityManager, unitId: string, about: About): Promise<boolean> {
  const posts = await db.findBy(Post, { unitId, role: In(['officer', 'leader']), isActive: true })
  const accused = await accusedOf(db, about)
  return posts.some((post) => !isAccused(accused, post))
}

/**
 * The unit that hands the case on keeps reading; the one that signs next has its own day for it.
 * What is internal goes into the notes, and the enterprise learns who is in charge now.
 */
export async function handTo(
  step: Handing,
  unitId: string,
  postId: string,
  word: { text?: string | undefined; isInternal?: boolean },
) {
  const { db, know, now, target } = step
  const from = target.unitId
  const signDueOn = know.calendar.workdayAfter(dateOf(now), know.deadlines.sign.workdays)
  const patch = {
    unitId,
    officerPostId: postId,
    signedAt: null,
    signDueOn,
    pendingExtension: null,
    pendingDecline: null,
  }
  const { name } = await db.findOneByOrFail(Post, { id: postId })
  target.takenFrom = target.officerPostId
  await move(step, patch, word.isInternal ? { text: `由${name}承办`, note: word.text } : word)
  if (from === null || from === unitId) return
  const part = { caseId: target.id, unitId: from, how: 'handedOn' as const }
  if (!(await db.existsBy(CaseShare, part)))
    await db.insert(CaseShare, { id: uuid(), ...part, since: now, repliedAt: null, dueOn: null })
}
