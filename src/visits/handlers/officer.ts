/** What officials do: offer a visit, record it, call it off. */
import { In } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { addDays, dateOf, isDate } from '../../calendar/dates.js'
import { forUpdate, isDuplicate } from '../../database/transaction.js'
import { lookupHash } from '../../encryption/lookup.js'
import { grantFor, grantsOf } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { invalid, Problem } from '../../problem.js'
import { noteContact } from '../../projects/contact.js'
import { blank, unanswered } from '../blank.js'
import { checkFirms, checkOfficials, checkProject } from '../parties.js'
import { pausesOf } from '../pauses.js'
import { checkFindings, checkPhotos, isOdd, readTimes } from '../recordRules.js'
import { obstacleOf } from '../states.js'
import { visitView } from '../view.js'
import { Visit } from '../visit.js'
import { VisitEnterprise } from '../visitEnterprise.js'
import { VisitStaff } from '../visitStaff.js'
import { loadVisit, type VisitRow, visitScopes, visitTarget } from '../visitTarget.js'
import { isPausedOn, mondayOf } from '../weeks.js'
import { hostsOf, sealHosts } from '../hosts.js'
import { writeOutcome } from '../outcome.js'
import type { EntityManager } from 'typeorm'
import type { Enterprise } from '../../people/enterprise.js'
import type { Project } from '../../projects/project.js'

/** Further ahead nobody plans, and a slip of a digit is found. */
const FURTHEST_DAYS = 92

export const officerVerbs = {
  'visit.plan': serve('visit.plan', {
    async handle({ db, actor, grants, input, know, now }) {
      const { plannedOn, week } = readDay(input, dateOf(now))
      await checkOfficials(db, input.staffIds)
      // An officer offers their own services; who goes otherwise is for leaders and supervisors to say.
      const isOwn = grants.some(({ role, postId }) => role !== 'officer' || input.staffIds.includes(postId ?? ''))
      if (!isOwn) throw invalid('staffIds', '上门人员里要有您自己')
      const firms = await checkFirms(db, input.enterpriseIds, forUpdate(db))
      const project = await checkProject(db, actor, input.projectId, input.enterpriseIds)
      await checkWelcome(db, firms, { projectId: project?.id ?? null, day: plannedOn ?? addDays(week, 4), week })
      const onDate = plannedOn ?? week
      const post = grants[0]
      const staffIds = [...input.staffIds]
      const visit = await create(
        db,
        Visit,
        {
          ...blank,
          id: uuid(),
          state: 'offered',
          kind: input.kind,
          projectId: project?.id ?? null,
          unitId: project?.unitId ?? post?.unitId ?? null,
          week,
          plannedOn,
          plannedTime: plannedOn === null ? null : (input.plannedTime ?? null),
          onDate,
          plannedByPostId: post?.postId ?? null,
          topics: input.topics,
          note: input.note ?? null,
          createdAt: now,
        },
        { staffIds: [null, staffIds] },
      )
      for (const { id: enterpriseId } of firms) {
        const part = { id: uuid(), visitId: visit.id, enterpriseId, state: 'offered' as const, onDate }
        await create(db, VisitEnterprise, { ...unanswered, ...part })
      }
      await setStaff(db, visit.id, staffIds)
      return shown(db, visit.id, (row) => visitView(db, know, now, actor, row))
    },
  }),
  'visit.record': serve('visit.record', {
    async handle({ db, actor, grants, input, know, now }) {
      const recorder = grants.find(({ postId }) => postId !== null && input.staffIds.includes(postId))
      if (!recorder?.postId) throw invalid('staffIds', '记录人要是上门人员之一')
      const bodyHash = lookupHash(know.keyring.purposeKey('lookup'), 'visit.record', JSON.stringify(input))
      const view = (row: VisitRow) => visitView(db, know, now, actor, row)
      const before = await loadVisit(db, input.id, true)
      if (before) {
        // The phone did not hear our answer and sends the record again: it is the same visit.
        if (before.bodyHash === bodyHash) return view(before)
        if (before.state === 'held' || !grantFor(grantsOf(actor, 'visit.read'), visitScopes, before)) throw taken()
        const obstacle = obstacleOf(before.state, before.firms, 'visit.record')
        if (obstacle !== undefined) throw new Problem('wrongState', { title: obstacle })
      }
      const { startedAt, endedAt } = readTimes(input, now)
      await checkOfficials(db, input.staffIds)
      const firms = await checkFirms(db, input.enterpriseIds)
      const project = await checkProject(db, actor, input.projectId, input.enterpriseIds)
      checkFindings(input)
      checkPhotos(input)
      const present = hostsOf(input)
      checkConsent(before, input.enterpriseIds, present.length > 0)
      const onDate = dateOf(startedAt)
      if (input.agreedBy === undefined) await checkPauses(db, before, input.enterpriseIds, project, onDate)
      const hosts = sealHosts(know.keyring, input.id, present, now)
      const held = {
        state: 'held' as const,
        kind: input.kind,
        projectId: project?.id ?? null,
        unitId: project?.unitId ?? recorder.unitId,
        onDate,
        topics: input.topics,
        startedAt,
        endedAt,
        place: input.place ?? null,
        isPlaceOdd: isOdd(input.place),
        hostsSealed: hosts?.hostsSealed ?? null,
        photosAgreed: input.photosAgreed ?? null,
        summary: input.summary,
        recordedByPostId: recorder.postId,
        recordedAt: now,
        bodyHash,
      }
      const also = { staffIds: [before?.staffIds ?? null, [...input.staffIds]] as [unknown, unknown] }
      if (before) await change(db, Visit, before as Visit, held, also)
      else {
        try {
          const values = { ...blank, ...held, id: input.id, week: mondayOf(onDate), createdAt: now }
          await create(db, Visit, values, also)
        } catch (error) {
          // Its twin came first and has been committed: read without a lock, lest all its twins wait for each other.
          const twin = isDuplicate(error) ? await loadVisit(db, input.id, false) : null
          if (!twin) throw error
          if (twin.bodyHash !== bodyHash) throw taken()
          return view(twin)
        }
      }
      await hosts?.keepKey(db)
      await setStaff(db, input.id, input.staffIds)
      for (const { id: enterpriseId } of firms) {
        const part = before?.firms.find((one) => one.enterpriseId === enterpriseId)
        if (part) await change(db, VisitEnterprise, part, { state: 'held', onDate })
        else {
          const values = { id: uuid(), visitId: input.id, enterpriseId, state: 'held' as const, onDate }
          await create(db, VisitEnterprise, { ...unanswered, ...values })
        }
      }
      const by = { personId: actor.personId as string, postId: recorder.postId }
      await writeOutcome(db, know, now, { input, firms, project, by, onDate })
      if (project) await noteContact(db, project.id, onDate, now)
      return shown(db, input.id, view)
    },
  }),
  'visit.cancel': serve('visit.cancel', {
    target: visitTarget,
    async handle({ db, actor, input, know, now, target }) {
      await change(db, Visit, target, { state: 'cancelled', cancelReason: input.reason })
      for (const part of target.firms) {
        if (part.state !== 'declined') await change(db, VisitEnterprise, part, { state: 'cancelled' })
      }
      return visitView(db, know, now, actor, target)
    },
  }),
}

const taken = () => new Problem('conflict', { title: '这个编号已经用于另一次上门服务，请刷新后核对' })

async function shown<T>(db: EntityManager, id: string, view: (row: VisitRow) => Promise<T>): Promise<T> {
  const row = await loadVisit(db, id, false)
  if (!row) throw new Error('a visit just written is missing')
  return view(row)
}

/** The officials of the visit are from now on these. */
async function setStaff(db: EntityManager, visitId: string, staffIds: readonly string[]): Promise<void> {
  await db.delete(VisitStaff, { visitId })
  await db.insert(
    VisitStaff,
    staffIds.map((postId) => ({ id: uuid(), visitId, postId })),
  )
}

/** @throws Problem invalid, when neither day nor week is given, or it is past or too far ahead */
function readDay(input: { plannedOn?: string | undefined; week?: string | undefined }, today: string) {
  const path = input.plannedOn === undefined ? 'week' : 'plannedOn'
  const day = input.plannedOn ?? input.week
  if (day === undefined || !isDate(day)) throw invalid(path, '请选择哪一天或哪一周')
  const week = mondayOf(day)
  const isPast = input.plannedOn === undefined ? week < mondayOf(today) : day < today
  if (isPast) throw invalid(path, '这一天已经过去了')
  if (day > addDays(today, FURTHEST_DAYS)) throw invalid(path, `只能约${FURTHEST_DAYS}天以内的`)
  return { plannedOn: input.plannedOn ?? null, week }
}

interface Occasion {
  projectId: string | null
  day: string
  week: string
}

/** A firm that asked for a pause is left alone, and nobody is offered the same week twice. @throws Problem */
async function checkWelcome(db: EntityManager, firms: readonly Enterprise[], { projectId, day, week }: Occasion) {
  const ids = firms.map((firm) => firm.id)
  const pause = (await pausesOf(db, ids, projectId)).find((one) => isPausedOn(one, day))
  if (pause) {
    const name = firms.find((firm) => firm.id === pause.enterpriseId)?.name ?? ''
    const wish = pause.how === 'thisMonth' ? '本月不用' : '需要时我约'
    throw new Problem('wrongState', { title: `${name}答复过「${wish}」，已算约过，请等企业来约` })
  }
  const parts = await db.find(VisitEnterprise, {
    where: { enterpriseId: In(ids), state: In(['offered', 'consented']) },
  })
  const same = await db.find(Visit, {
    where: { id: In(parts.map((part) => part.visitId)), week, state: In(['offered', 'consented']) },
  })
  if (same.some((visit) => visit.projectId === projectId)) {
    throw new Problem('conflict', { title: '这一周已经约过这家企业，不要重复约' })
  }
}

/**
 * 企业同意才去: a firm that declined this very offer is not visited on it. One that has not agreed in the app is visited
 * only with somebody of its own there, and confirms the record afterwards.
 */
function checkConsent(before: VisitRow | null, enterpriseIds: readonly string[], hasHosts: boolean): void {
  const parts = before?.firms.filter((part) => enterpriseIds.includes(part.enterpriseId)) ?? []
  if (before && parts.length === 0) throw invalid('enterpriseIds', '这次上门服务约的不是这些企业')
  if (parts.some((part) => part.state === 'declined')) {
    throw new Problem('wrongState', { title: '企业谢绝了这次上门服务，请重新约定' })
  }
  const agreed = parts.filter((part) => part.state === 'consented').length
  if (agreed < enterpriseIds.length && !hasHosts) throw invalid('hosts', '企业没有事先同意，请填写在场的企业人员')
}

/** A firm that paused visits and did not agree to this one is not called on. @throws Problem wrongState */
async function checkPauses(
  db: EntityManager,
  before: VisitRow | null,
  enterpriseIds: readonly string[],
  project: Project | null,
  day: string,
): Promise<void> {
  const agreed = before?.firms.filter((part) => part.state === 'consented').map((part) => part.enterpriseId) ?? []
  const others = enterpriseIds.filter((id) => !agreed.includes(id))
  const pause = (await pausesOf(db, others, project?.id ?? null)).find((one) => isPausedOn(one, day))
  if (!pause) return
  const wish = pause.how === 'thisMonth' ? '本月不用' : '需要时再约'
  throw new Problem('wrongState', { title: `企业说过${wish}，请先征得同意` })
}
