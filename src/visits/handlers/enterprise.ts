/** What a firm does: agree, decline, confirm, ask for visits again, and see how many there were. */
import { IsNull } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { dateOf, yearOf } from '../../calendar/dates.js'
import { attachFiles } from '../../files/attach.js'
import { StoredFile } from '../../files/storedFile.js'
import { serve } from '../../http/serve.js'
import type { Actor } from '../../people/actor.js'
import { Enterprise } from '../../people/enterprise.js'
import { byId, enterpriseView } from '../../people/view.js'
import { Project } from '../../projects/project.js'
import { invalid, Problem } from '../../problem.js'
import { counters } from '../counting.js'
import { liftPauses, monthEnd, pausesOf } from '../pauses.js'
import { statement } from '../statement.js'
import { occasions, plannedState } from '../states.js'
import { visitView } from '../view.js'
import { Visit } from '../visit.js'
import { VisitEnterprise } from '../visitEnterprise.js'
import { VisitPause } from '../visitPause.js'
import { type VisitRow, visitTarget } from '../visitTarget.js'
import { isPausedOn } from '../weeks.js'
import type { EntityManager } from 'typeorm'

type FirmVerb = 'visit.consent' | 'visit.decline' | 'visit.confirm'

export const enterpriseVerbs = {
  'visit.consent': serve('visit.consent', {
    target: visitTarget,
    async handle({ db, actor, input, know, now, target }) {
      const parts = ownParts(actor, target, 'visit.consent', input.enterpriseId)
      const agreed = { state: 'consented' as const, declinedHow: null, reason: null }
      for (const part of parts) await change(db, VisitEnterprise, part, { ...agreed, ...answeredBy(actor, now) })
      await settle(db, target)
      const enterpriseIds = parts.map((part) => part.enterpriseId)
      await liftPauses(db, await pausesOf(db, enterpriseIds, target.projectId), actor.personId, now)
      return visitView(db, know, now, actor, target)
    },
  }),
  'visit.decline': serve('visit.decline', {
    target: visitTarget,
    async handle({ db, actor, input, know, now, target }) {
      const parts = ownParts(actor, target, 'visit.decline', input.enterpriseId)
      const { how } = input
      const declined = { state: 'declined' as const, declinedHow: how, reason: input.reason ?? null }
      for (const part of parts) {
        await change(db, VisitEnterprise, part, { ...declined, ...answeredBy(actor, now) })
        if (how === 'onlyThisOne') continue
        const fromOn = dateOf(now)
        await create(db, VisitPause, {
          id: uuid(),
          enterpriseId: part.enterpriseId,
          projectId: target.projectId,
          visitId: target.id,
          how,
          fromOn,
          // 「本月不用」: the month in which it is said.
          untilOn: how === 'thisMonth' ? monthEnd(fromOn) : null,
          createdBy: actor.personId,
          createdAt: now,
          liftedOn: null,
          liftedBy: null,
        })
      }
      await settle(db, target)
      return visitView(db, know, now, actor, target)
    },
  }),
  'visit.resume': serve('visit.resume', {
    async handle({ db, actor, input, now }) {
      if (!actor.enterpriseIds.includes(input.enterpriseId)) throw new Problem('notFound')
      const pauses = await pausesOf(db, [input.enterpriseId])
      const wanted = pauses.filter((one) => input.projectId === undefined || one.projectId === input.projectId)
      return { lifted: await liftPauses(db, wanted, actor.personId, now) }
    },
  }),
  'visit.confirm': serve('visit.confirm', {
    target: visitTarget,
    async handle({ db, actor, input, know, now, target }) {
      const parts = ownParts(actor, target, 'visit.confirm', input.enterpriseId)
      const [part] = parts
      if (!part || parts.length > 1) throw invalid('enterpriseId', '请选择代表哪家企业确认')
      const personId = actor.personId as string
      const { signatureFileId, satisfaction, remark = null } = input
      const mine = { id: signatureFileId, uploadedBy: personId, ownerId: IsNull(), kind: 'image' as const }
      if (!(await db.existsBy(StoredFile, mine))) throw invalid('signatureFileId', '请重新签名')
      const owner = { ownerKind: 'signature' as const, ownerId: part.id, isStaff: false, max: 1 }
      await attachFiles(db, { ...owner, personId, fileIds: [signatureFileId] })
      const confirmed = { confirmedAt: now, confirmedBy: personId, signatureFileId, satisfaction, remark }
      await change(db, VisitEnterprise, part, confirmed)
      await change(db, Visit, target, {})
      return visitView(db, know, now, actor, target)
    },
  }),
  'visit.counter': serve('visit.counter', {
    async handle({ db, actor, input, now }) {
      const { enterpriseId, year = yearOf(dateOf(now)) } = input
      if (enterpriseId !== undefined && !actor.enterpriseIds.includes(enterpriseId)) throw new Problem('notFound')
      const ids = enterpriseId === undefined ? actor.enterpriseIds : [enterpriseId]
      const firms = await byId(db, Enterprise, ids)
      const counter = await counters(db, ids, year)
      const today = dateOf(now)
      const pauses = (await pausesOf(db, ids)).filter((one) => isPausedOn(one, today))
      const projects = await byId(
        db,
        Project,
        pauses.map((one) => one.projectId),
      )
      return {
        statement,
        items: [...firms.values()].map((firm) => ({
          enterprise: enterpriseView(firm),
          counter: counter(firm.id),
          pauses: pauses
            .filter((one) => one.enterpriseId === firm.id)
            .map(({ projectId, how, fromOn, untilOn }) => {
              const project = projects.get(projectId ?? '')
              return { project: project ? { id: project.id, name: project.name } : null, how, fromOn, untilOn }
            }),
        })),
      }
    },
  }),
}

const answeredBy = (actor: Actor, now: Date) => ({ answeredAt: now, answeredBy: actor.personId })

/** The parts of the actor's own firms on which the verb can act now: in a park, one firm does not answer for another. */
function ownParts(actor: Actor, row: VisitRow, verb: FirmVerb, enterpriseId: string | undefined): VisitEnterprise[] {
  const own = row.firms.filter((part) => actor.enterpriseIds.includes(part.enterpriseId))
  const meant = enterpriseId === undefined ? own : own.filter((part) => part.enterpriseId === enterpriseId)
  if (meant.length === 0) throw invalid('enterpriseId', '请选择您所在的企业')
  const from = occasions[verb]?.firm ?? []
  const open = meant.filter((part) => from.includes(part.state) && part.confirmedAt === null)
  if (open.length === 0) {
    const isConfirmed = verb === 'visit.confirm' && meant.some((part) => part.confirmedAt !== null)
    throw new Problem('wrongState', isConfirmed ? { title: '这次上门服务已经确认过了' } : {})
  }
  return open
}

/** The visit as a whole follows its firms' answers; its version counts them. */
const settle = (db: EntityManager, row: VisitRow) =>
  change(db, Visit, row as Visit, { state: plannedState(row.firms.map((part) => part.state)) })
