/** What the enforcement team does with leads: writes them down, hands them over, takes the answers or sends them back. */
import type { Input } from '../../contract.js'
import { attachFiles } from '../../files/attach.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import type { Lead } from '../lead.js'
import { branchFor, decimal, FILES_OF_LEAD, type LeadFacts, openLead } from '../open.js'
import { stateObstacle } from '../states.js'
import { close, send, sendBack } from '../steps.js'
import { leadTarget } from '../target.js'
import { leadLines, leadView } from '../view.js'

const factsOf = (input: Input<'lead.create'>): LeadFacts => ({
  source: input.source,
  reference: input.reference ?? null,
  firmName: input.firmName,
  creditCode: input.creditCode ?? null,
  districtCode: input.districtCode ?? null,
  outlet: input.outlet ?? null,
  pollutant: input.pollutant ?? null,
  value: decimal(input.value),
  limitValue: decimal(input.limit),
  measure: input.measure ?? null,
  exceededAt: input.exceededAt === undefined ? null : new Date(input.exceededAt),
  text: input.text ?? null,
})

export const keepingVerbs = {
  'lead.create': serve('lead.create', {
    async handle(call) {
      const { db, actor, grants, input, now } = call
      const facts = factsOf(input)
      if (facts.exceededAt !== null && facts.exceededAt > now) throw invalid('exceededAt', '超标时间不能在现在以后')
      const row = await openLead(db, now, { facts, unitId: input.unitId, postId: grants[0]?.postId ?? null })
      const owner = { ownerKind: 'lead' as const, ownerId: row.id, isStaff: true }
      await attachFiles(db, { ...owner, fileIds: input.fileIds, personId: actor.personId ?? '', max: FILES_OF_LEAD })
      return leadView(call, row)
    },
  }),
  'lead.send': serve('lead.send', {
    async handle(call) {
      const { db, know, grants, input, now } = call
      if (input.unitId !== undefined) await branchFor(db, { districtCode: null, unitId: input.unitId })
      const rows: Lead[] = []
      // In the order of ids, so that two who send the same wait for each other instead of dead-locking.
      for (const id of input.ids.toSorted()) {
        const row = await leadTarget.load(db, id, true)
        if (!row) throw new Problem('notFound')
        const obstacle = stateObstacle(row.state, 'lead.send')
        if (obstacle !== undefined) throw new Problem('wrongState', { title: `${row.number}：${obstacle}` })
        rows.push(row)
      }
      const postId = grants[0]?.postId ?? null
      for (const target of rows) await send({ db, know, target, now, postId }, input.unitId)
      return { items: await leadLines(call, rows) }
    },
  }),
  'lead.return': serve('lead.return', {
    target: leadTarget,
    async handle(call) {
      const { grants, input, target } = call
      await sendBack({ ...call, postId: grants[0]?.postId ?? null }, input.text)
      return leadView(call, target)
    },
  }),
  'lead.close': serve('lead.close', {
    target: leadTarget,
    async handle(call) {
      const { grants, input, target } = call
      if (target.state === 'new' && input.text === undefined)
        throw invalid('text', '还没有移交的，请写明为什么不用移交')
      await close({ ...call, postId: grants[0]?.postId ?? null }, input.text ?? null)
      return leadView(call, target)
    },
  }),
}
