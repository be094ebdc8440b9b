/** What the officer in charge, or the stand-in, does with a case. */
import { serve } from '../../http/serve.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { unitsKeptFrom } from '../accused.js'
import { CaseShare } from '../caseShare.js'
import { isHelpGroup } from '../expertHelp.js'
import { hasTakers, nobodyThere } from '../handing.js'
import { move } from '../move.js'
import { answer, assist, assistReply, decline, extend, sign } from '../steps.js'
import { caseTarget } from '../target.js'
import { caseView } from '../view.js'

export const officerVerbs = {
  'case.sign': serve('case.sign', {
    target: caseTarget,
    async handle(call) {
      await sign(call)
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
      const { input, target } = call
      const { text, fileIds } = input
      await answer(call, { text, fileIds })
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
      const { db, input, target } = call
      const unit = await db.findOneBy(Unit, { id: input.unitId })
      if (!unit || (unit.kind === 'group' && !isHelpGroup(unit))) throw invalid('unitId', '没有这个单位')
      if (unit.id === target.unitId) throw invalid('unitId', '这就是承办单位，不用会办')
      if ((await unitsKeptFrom(db, target)).includes(unit.id)) throw invalid('unitId', '不能请被投诉的人所在的单位会办')
      if (!(await hasTakers(db, unit.id, target))) throw invalid('unitId', nobodyThere)
      await assist(call, unit, input.text)
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.assistReply': serve('case.assistReply', {
    target: caseTarget,
    async handle(call) {
      const { db, input, target, grants } = call
      // Of several units of one person, the one that still owes its view.
      const owing = (unitId: string | null) =>
        target.shares?.some((one) => one.how === 'assisting' && one.unitId === unitId && one.repliedAt === null) ??
        false
      const grant = grants.find(({ unitId }) => owing(unitId)) ?? grants[0]
      await assistReply(call, grant?.unitId ?? '', input.text)
      target.shares = await db.findBy(CaseShare, { caseId: target.id })
      return caseView(call, target)
    },
  }),
  'case.extend': serve('case.extend', {
    target: caseTarget,
    async handle(call) {
      const { input, know, target } = call
      const { times, workdays } = know.deadlines.extension
      if (target.extensions >= times) throw new Problem('wrongState', { title: `最多延期${times}次，不能再延` })
      if (input.workdays > workdays) throw invalid('workdays', `每次最多延${workdays}个工作日`)
      await extend(call, input)
      return caseView(call, target)
    },
  }),
  'case.decline': serve('case.decline', {
    target: caseTarget,
    async handle(call) {
      await decline(call, call.input)
      return caseView(call, call.target)
    },
  }),
}
