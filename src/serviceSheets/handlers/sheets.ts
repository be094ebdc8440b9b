/** Issuing service sheets, reading them, confirming their receipt, and taking a code out of use. */
import { change } from '../../audit/trail.js'
import { serve } from '../../http/serve.js'
import { Problem } from '../../problem.js'
import { projectTarget } from '../../projects/target.js'
import { issueSheet } from '../issue.js'
import { ServiceSheet } from '../serviceSheet.js'
import { currentSheet, sheetCan, sheetView } from '../view.js'

export const sheetVerbs = {
  'project.issueSheet': serve('project.issueSheet', {
    target: projectTarget,
    async handle(call) {
      const { input, target, grants } = call
      const { note = null, withPackage } = input
      const sheet = await issueSheet(call, target, { note, withPackage, byPostId: grants[0]?.postId ?? null })
      return sheetView(call, target, sheet, sheet)
    },
  }),
  'project.sheet': serve('project.sheet', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, actor } = call
      const all = await db.find(ServiceSheet, { where: { projectId: target.id }, order: { edition: 'DESC' } })
      const current = all[0] ?? null
      const wanted = input.edition === undefined ? current : all.find(({ edition }) => edition === input.edition)
      if (wanted === undefined) throw new Problem('notFound', { title: '没有这一版服务单' })
      return {
        sheet: wanted && current && (await sheetView(call, target, wanted, current)),
        editions: all.map(({ edition, number, issuedOn, receivedAt }) => ({
          edition,
          number,
          issuedOn,
          isReceived: receivedAt !== null,
        })),
        can: sheetCan(actor, target, current),
      }
    },
  }),
  'project.receiveSheet': serve('project.receiveSheet', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, actor, now } = call
      const current = await currentSheet(db, target.id)
      if (!current || current.edition < input.edition) throw new Problem('notFound', { title: '没有这一版服务单' })
      if (current.edition > input.edition) {
        throw new Problem('stale', { title: '服务单已经有新的一版，请先看新的一版再确认' })
      }
      if (current.receivedAt === null) {
        await change(db, ServiceSheet, current, { receivedAt: now, receivedBy: actor.personId })
      }
      return sheetView(call, target, current, current)
    },
  }),
  'project.revokeCode': serve('project.revokeCode', {
    target: projectTarget,
    async handle(call) {
      const { db, target, now } = call
      const current = await currentSheet(db, target.id)
      if (!current) throw new Problem('notFound', { title: '这个项目还没有出具服务单' })
      if (current.codeRevokedAt !== null) throw new Problem('wrongState', { title: '编码已经作废了' })
      await change(db, ServiceSheet, current, { codeRevokedAt: now })
      return sheetView(call, target, current, current)
    },
  }),
}
