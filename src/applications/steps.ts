/** What each step of an application does, whoever asks for it: a person at the window, a job, or the demonstration. */
import { registerRejection } from '../cases/register.js'
import { dateOf } from '../calendar/dates.js'
import type { AcceptedHow, PendingRefusal } from './application.js'
import { decideDue } from './clock.js'
import { move, type Step } from './move.js'
import { missingOf } from './rules.js'

export type Doing = Omit<Step, 'step'>

/** 一次性告知: all that is missing, at once. */
export async function notify(doing: Doing, text: string | null): Promise<void> {
  const { target, now, postId } = doing
  const noticeItems = missingOf(target.materials)
  const told = { noticedOn: dateOf(now), noticedByPostId: postId, noticeItems, noticeText: text }
  await move({ ...doing, step: 'application.notify' }, told)
}

export async function supplement(doing: Doing, names: readonly string[], on: string): Promise<void> {
  const materials = doing.target.materials.map((one) =>
    names.includes(one.name) ? { ...one, isPresent: true, note: null, cameOn: on } : one,
  )
  await move({ ...doing, step: 'application.supplement' }, { materials, suppliedOn: on })
}

const accepted = ({ know, target }: Doing, acceptedHow: AcceptedHow, acceptedOn: string) => ({
  acceptedHow,
  acceptedOn,
  decideDueOn: decideDue(know, target.promisedWorkdays, acceptedOn),
  // What was to be refused at the window is the authority's to decide now.
  pendingRefusal: null,
})

export async function accept(doing: Doing, on: string): Promise<void> {
  const how = doing.target.suppliedOn === null ? 'complete' : 'supplemented'
  await move({ ...doing, step: 'application.accept' }, accepted(doing, how, on))
}

/** 逾期不告知的，自收到申请材料之日起即为受理: the day of receipt, not the day it was noticed. */
export async function deem(doing: Doing): Promise<void> {
  await move({ ...doing, step: 'application.deemOne' }, accepted(doing, 'deemed', doing.target.receivedOn))
}

export async function decide(doing: Doing, approvalNumber: string, on: string): Promise<void> {
  await move({ ...doing, step: 'application.decide' }, { approvalNumber, endedOn: on })
}

type Proposal = Pick<PendingRefusal, 'ground' | 'basis' | 'reason'>

export async function refuse(doing: Doing, { ground, basis, reason }: Proposal, personId: string | null) {
  const pendingRefusal = { ground, basis, reason, postId: doing.postId ?? '', personId, at: doing.now.toISOString() }
  await move({ ...doing, step: 'application.refuse' }, { pendingRefusal })
}

/** 否决事项备案: the refusal and its line in the register are one. */
export async function agreeRefusal(doing: Doing, asked: PendingRefusal): Promise<void> {
  const { db, now, target, postId } = doing
  const { ground, basis, reason } = asked
  const refused = { refusalGround: ground, refusalBasis: basis, refusalReason: reason }
  await move({ ...doing, step: 'application.agreeRefusal' }, { ...refused, pendingRefusal: null, endedOn: dateOf(now) })
  await registerRejection(db, now, {
    kind: 'application',
    caseId: null,
    applicationId: target.id,
    enterpriseId: target.enterpriseId,
    projectId: target.projectId,
    unitId: target.unitId,
    basis,
    reason,
    proposedByPostId: asked.postId,
    agreedByPostId: postId ?? '',
  })
}

export async function returnRefusal(doing: Doing, text: string): Promise<void> {
  await move({ ...doing, step: 'application.returnRefusal' }, { pendingRefusal: null, returnNote: text })
}

export async function withdraw(doing: Doing, text: string | null): Promise<void> {
  const { now } = doing
  await move({ ...doing, step: 'application.withdraw' }, { pendingRefusal: null, endedOn: dateOf(now), endNote: text })
}
