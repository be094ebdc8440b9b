/** Issuing service sheets, reading them, confirming their receipt, and taking a code out of use. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { addDays, dateOf } from '../../calendar/dates.js'
import { numberTail } from '../../cases/number.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { byId } from '../../people/view.js'
import { Problem } from '../../problem.js'
import { officersOf } from '../../projects/care.js'
import type { Project } from '../../projects/project.js'
import { projectTarget } from '../../projects/target.js'
import { codeHash, codeOf } from '../code.js'
import { composeSheet, type NamedOfficer } from '../compose.js'
import { ServiceSheet } from '../serviceSheet.js'
import { currentSheet, sheetCan, sheetView } from '../view.js'

/** 三级包保: each place with whoever holds it. */
const places = [
  ['officerPostId', '包保服务专员'],
  ['branchLeaderPostId', '分局领导'],
  ['cityLeaderPostId', '市局领导'],
] as const

async function officersNamed(db: EntityManager, project: Project): Promise<NamedOfficer[]> {
  const posts = await byId(db, Post, officersOf(project))
  const units = await byId(
    db,
    Unit,
    [...posts.values()].map(({ unitId }) => unitId),
  )
  return places.map(([column, place]) => {
    const post = posts.get(project[column] ?? '')
    return {
      place,
      name: post?.name ?? null,
      title: post?.title ?? null,
      unit: post ? (units.get(post.unitId)?.name ?? null) : null,
      phone: post?.workPhone ?? null,
    }
  })
}

export const sheetVerbs = {
  'project.issueSheet': serve('project.issueSheet', {
    target: projectTarget,
    async handle(call) {
      const { db, input, target, know, now, grants } = call
      const { guides, codeDays } = know.sheetRules
      const type = target.documentType
      const guideCode = type === null || type === 'none' ? undefined : guides[type]
      const today = dateOf(now)
      const content = composeSheet({
        project: target,
        guide: guideCode === undefined ? undefined : know.guides.find(guideCode)?.content,
        officers: await officersNamed(db, target),
        rules: know.sheetRules,
        laws: know.guides.laws,
        calendar: know.calendar,
        today,
        note: input.note ?? null,
        withPackage: input.withPackage,
      })
      const last = await currentSheet(db, target.id)
      const id = uuid()
      const sheet = await create(db, ServiceSheet, {
        id,
        projectId: target.id,
        number: `FW${today.replaceAll('-', '')}-${numberTail()}`,
        edition: (last?.edition ?? 0) + 1,
        issuedOn: today,
        issuedByPostId: grants[0]?.postId ?? null,
        content,
        fileId: null,
        codeHash: codeHash(know.keyring, codeOf(know.keyring, id)),
        codeExpiresOn: addDays(today, codeDays.value),
        codeRevokedAt: null,
        receivedAt: null,
        receivedBy: null,
      })
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
