/** What each step of a case writes, once it is known who may take it. */
import { v7 as uuid } from 'uuid'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { idAt } from '../database/idAt.js'
import { Post } from '../people/post.js'
import type { Unit } from '../people/unit.js'
import { CaseEntry } from './caseEntry.js'
import { CaseShare } from './caseShare.js'
import { clockOf, withEvent } from './clock.js'
import { replyDueOn } from './expertHelp.js'
import { HelpCase, type PendingDecline, type PendingExtension } from './helpCase.js'
import { move, speaker, type Step, type Word } from './move.js'
import { nothingYet } from './open.js'
import { registerRejection } from './register.js'

export type Taken = Omit<Step, 'verb'>

export const sign = (step: Taken) => move({ ...step, verb: 'case.sign' }, { signedAt: step.now })

export async function answer(step: Taken, word: Word): Promise<void> {
  const { know, now, target, grants } = step
  const today = dateOf(now)
  const { used, isOverdue } = clockOf({ ...target, clock: withEvent(target, 'stop', now) }, know, now)
  const answered = {
    answeredAt: now,
    answeredOn: today,
    answeredByPostId: speaker(grants),
    usedWorkdays: used,
    isInTime: !isOverdue,
    closesOn: know.calendar.workdayAfter(today, know.deadlines.autoClose.workdays),
    pendingExtension: null,
  }
  await move({ ...step, verb: 'case.answer' }, answered, word)
}

export const urge = (step: Taken, word: Word) =>
  move({ ...step, verb: 'case.urge' }, { urgedOn: dateOf(step.now) }, word)

export async function withdraw(step: Taken, word: Word): Promise<void> {
  const { now } = step
  const ended = { closedAt: now, closedOn: dateOf(now), pendingExtension: null, pendingDecline: null }
  await move({ ...step, verb: 'case.withdraw' }, ended, word)
}

export async function close(step: Taken): Promise<void> {
  const { now } = step
  await move({ ...step, verb: 'case.close' }, { closedAt: now, closedOn: dateOf(now), closesOn: null })
}

/** 答复后10个工作日没有回应，自动办结. */
export async function closeSilent({ db, target, now }: Pick<Step, 'db' | 'target' | 'now'>): Promise<void> {
  const said = { id: idAt(now), text: '答复后10个工作日没有回应，自动办结' }
  const patch = { state: 'closed' as const, closedAt: now, closedOn: dateOf(now), closesOn: null }
  await change(db, HelpCase, target, patch, { entry: [null, said] })
  const entry = { caseId: target.id, verb: 'case.closeOne', at: now, personId: null, postId: null }
  await db.insert(CaseEntry, { ...said, ...entry, review: 'passed' })
}

/** A new round, with the whole limit and its own day for signing. */
export async function reopen(step: Taken, to: Pick<HelpCase, 'officerPostId' | 'unitId'>, word: Word): Promise<void> {
  const { know, now, target } = step
  const signDueOn = know.calendar.workdayAfter(dateOf(now), know.deadlines.sign.workdays)
  const fresh = { ...nothingYet, round: target.round + 1, signDueOn, ...to }
  await move({ ...step, verb: 'case.reopen' }, fresh, word)
}

export async function assist(step: Taken, unit: Unit, text: string): Promise<void> {
  const { db, target, now } = step
  const part = { caseId: target.id, unitId: unit.id, how: 'assisting' as const }
  const before = await db.findOneBy(CaseShare, part)
  const asked = { since: now, repliedAt: null, dueOn: replyDueOn(unit, step.know, dateOf(now)) }
  if (before) await db.update(CaseShare, { id: before.id }, asked)
  else await db.insert(CaseShare, { id: uuid(), ...part, ...asked })
  const until = asked.dueOn === null ? '' : `（${asked.dueOn}前回复）`
  await move({ ...step, verb: 'case.assist' }, {}, { text: `请${unit.name}会办${until}：${text}`, isInternal: true })
}

export async function assistReply(step: Taken, unitId: string, text: string): Promise<void> {
  const { db, target, now } = step
  await db.update(CaseShare, { caseId: target.id, unitId, how: 'assisting' }, { repliedAt: now })
  await move({ ...step, verb: 'case.assistReply' }, {}, { text, isInternal: true })
}

export async function extend(step: Taken, { workdays, reason }: Pick<PendingExtension, 'workdays' | 'reason'>) {
  const { now, grants, actor } = step
  const pendingExtension = {
    workdays,
    reason,
    postId: speaker(grants) ?? '',
    personId: actor.personId,
    at: now.toISOString(),
  }
  const text = `申请延期${workdays}个工作日：${reason}`
  await move({ ...step, verb: 'case.extend' }, { pendingExtension }, { text, isInternal: true })
}

export async function agreeExtension(step: Taken, { workdays, reason, postId }: PendingExtension): Promise<void> {
  const asker = await step.db.findOneBy(Post, { id: postId })
  const patch = { pendingExtension: null, extensions: step.target.extensions + 1 }
  const text = `${asker?.name ?? '承办人'}申请延期${workdays}个工作日：${reason}`
  await move({ ...step, verb: 'case.agreeExtension' }, patch, { text }, workdays)
}

export async function decline(step: Taken, { basis, reason }: Pick<PendingDecline, 'basis' | 'reason'>): Promise<void> {
  const { now, grants, actor } = step
  const pendingDecline = {
    basis,
    reason,
    postId: speaker(grants) ?? '',
    personId: actor.personId,
    at: now.toISOString(),
  }
  const text = `提出不予办理。依据：${basis}。理由：${reason}`
  await move({ ...step, verb: 'case.decline' }, { pendingDecline }, { text, isInternal: true })
}

export async function agreeDecline(step: Taken, { basis, reason, postId }: PendingDecline): Promise<void> {
  const { db, now, target, grants } = step
  const today = dateOf(now)
  const ended = {
    closedAt: now,
    closedOn: today,
    pendingDecline: null,
    pendingExtension: null,
    answeredByPostId: postId,
  }
  await move({ ...step, verb: 'case.agreeDecline' }, ended, { text: `不予办理。依据：${basis}。理由：${reason}` })
  // 否决事项备案: help refused is registered apart from refused applications.
  await registerRejection(db, now, {
    kind: 'help',
    caseId: target.id,
    applicationId: null,
    enterpriseId: target.enterpriseId,
    projectId: target.projectId,
    unitId: target.unitId,
    basis,
    reason,
    proposedByPostId: postId,
    agreedByPostId: speaker(grants) ?? '',
  })
}
