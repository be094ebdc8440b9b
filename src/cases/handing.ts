/** Giving a case to another post, of the same unit (指派) or of another (转办). */
import { v7 as uuid } from 'uuid'
import { dateOf } from '../calendar/dates.js'
import { CaseShare } from './caseShare.js'
import { move, type Step } from './move.js'

type Handing = Omit<Step, 'verb'> & { verb: 'case.transfer' | 'case.assign' }

/** The unit that hands the case on keeps reading; the one that signs next has its own day for it. */
export async function handTo(
  step: Handing,
  unitId: string,
  postId: string,
  word: { text: string; isInternal?: boolean },
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
  await move(step, patch, word)
  if (from === null || from === unitId) return
  const part = { caseId: target.id, unitId: from, how: 'handedOn' as const }
  if (!(await db.existsBy(CaseShare, part)))
    await db.insert(CaseShare, { id: uuid(), ...part, since: now, repliedAt: null })
}
