/** What the officer in charge, or the stand-in, does with a case. */
import { v7 as uuid } from 'uuid'
import { dateOf } from '../../calendar/dates.js'
import { serve } from '../../http/serve.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { CaseShare } from '../caseShare.js'
import { clockOf, withEvent } from '../clock.js'
import { move, speaker } from '../move.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const officerVerbs = {
  'case.sign': serve('case.sign', {
    target: caseTarget,
    async handle(call) {
      await move({ ...call, verb: 'case.sign' }, { signedAt: call.now })
      return caseView(call, call.target)
    },
  }),
  'case.askMore': serve('case.askMore', {
    target: caseTarget,
    async handle(call) {
      const { text, fileIds } = call.input
      await move({ ...call, verb: 'case.askMore' }, {}, { text, fileIds })
      return caseView(call, call.target)
    },
  }),
  'case.answer': serve('case.answer', {
    target: caseTarget,
    async handle(call) {
      const { know, now, input, target, grants } = call
      const { text, fileIds } = input
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
      await move({ ...call, verb: 'case.answer' }, answered, { text, fileIds })
      return caseView(call, target)
    },
  }),
  'case.note': serve('case.note', {
    target: caseTarget,
    async handle(call) {
      await move({ ...call, verb: 'case.note' }, {}, { text: call.input.text, isInternal: true })
      return caseView(call, call.target)
    },
  }),
  'case.assist': serve('case.assist', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, now } = call
      const unit = await db.findOneBy(Unit, { id: input.unitId })
      if (!unit || unit.kind === 'group') throw invalid('unitId', '没有这个单位')
      if (unit.id === target.unitId) throw invalid('unitId', '这就是承办单位，不用会办')
      if (unit.id === target.aboutUnitId) throw invalid('unitId', '不能请被投诉的单位会办')
      const part = { caseId: target.id, unitId: unit.id, how: 'assisting' as const }
      const before = await db.findOneBy(CaseShare, part)
      if (before) await db.update(CaseShare, { id: before.id }, { since: now, repliedAt: null })
      else await db.insert(CaseShare, { id: uuid(), ...part, since: now, repliedAt: null })
      await move({ ...call, verb: 'case.assist' }, {}, { text: `请${unit.name}会办：${input.text}`, isInternal: true })
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.assistReply': serve('case.assistReply', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, now, grants } = call
      const unitId = grants[0]?.unitId ?? ''
      await db.update(CaseShare, { caseId: target.id, unitId, how: 'assisting' }, { repliedAt: now })
      await move({ ...call, verb: 'case.assistReply' }, {}, { text: input.text, isInternal: true })
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.extend': serve('case.extend', {
    target: caseTarget,
    async handle(call) {
      const { input, know, target, now, grants } = call
      const { times, workdays } = know.deadlines.extension
      if (target.extensions >= times) throw new Problem('wrongState', { title: `最多延期${times}次，不能再延` })
      if (input.workdays > workdays) throw invalid('workdays', `每次最多延${workdays}个工作日`)
      const postId = speaker(grants) ?? ''
      const pendingExtension = { workdays: input.workdays, reason: input.reason, postId, at: now.toISOString() }
      const text = `申请延期${input.workdays}个工作日：${input.reason}`
      await move({ ...call, verb: 'case.extend' }, { pendingExtension }, { text, isInternal: true })
      return caseView(call, target)
    },
  }),
  'case.decline': serve('case.decline', {
    target: caseTarget,
    async handle(call) {
      const { input, target, now, grants } = call
      const postId = speaker(grants) ?? ''
      const pendingDecline = { basis: input.basis, reason: input.reason, postId, at: now.toISOString() }
      const text = `提出不予办理。依据：${input.basis}。理由：${input.reason}`
      await move({ ...call, verb: 'case.decline' }, { pendingDecline }, { text, isInternal: true })
      return caseView(call, target)
    },
  }),
}
