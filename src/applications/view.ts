/** What leaves the server about applications at the window. */
import type { EntityManager } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import { grantFor, grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId, enterpriseView, unitView } from '../people/view.js'
import { Project } from '../projects/project.js'
import type { Application } from './application.js'
import { grounds, groundsFor } from './grounds.js'
import { dayObstacle, isComplete, missingOf } from './rules.js'
import type { ApplicationStep } from './states.js'
import { applicationScopes, applicationTarget } from './target.js'

type View = Output<'application.read'>
type Item = Output<'application.list'>['items'][number]

export interface Reader {
  db: EntityManager
  know: Knowledge
  actor: Actor
  now: Date
}

const candidates = [
  'application.notify',
  'application.supplement',
  'application.accept',
  'application.decide',
  'application.refuse',
  'application.agreeRefusal',
  'application.returnRefusal',
  'application.withdraw',
] as const satisfies Verb[]

/** Whether the reader sees it as staff does. */
const readsAsStaff = (actor: Actor, row: Application) => {
  const grants = grantsOf(actor, 'application.read').filter(({ postId }) => postId !== null)
  return grantFor(grants, applicationScopes, row) !== undefined
}

export function dueOf(row: Application, { calendar }: Knowledge, today: string): Item['due'] {
  const waits = { received: ['check', row.noticeDueOn], accepted: ['decide', row.decideDueOn] } as const
  const [what, on] = waits[row.state as keyof typeof waits] ?? []
  if (!what || !on) return null
  const daysLeft = calendar.countWorkdays(today, on)
  return { what, on, daysLeft, isOverdue: on < today, isProvisional: calendar.isProvisionalBetween(row.receivedOn, on) }
}

export async function applicationItems(reader: Reader, rows: readonly Application[]): Promise<Item[]> {
  const { db, know, actor, now } = reader
  const today = dateOf(now)
  const firms = await byId(
    db,
    Enterprise,
    rows.map((row) => row.enterpriseId),
  )
  const projects = await byId(
    db,
    Project,
    rows.map((row) => row.projectId),
  )
  const units = await byId(
    db,
    Unit,
    rows.map((row) => row.unitId),
  )
  return rows.map((row) => {
    const firm = firms.get(row.enterpriseId)
    if (!firm) throw new Error(`application ${row.id} is of no firm`)
    const project = projects.get(row.projectId ?? '')
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      guide: { id: row.guideId, title: row.guideTitle },
      enterprise: enterpriseView(firm),
      project: project ? { id: project.id, name: project.name } : null,
      unit: unitView(units.get(row.unitId), row.unitId),
      receivedOn: row.receivedOn,
      isComplete: isComplete(row.materials),
      missing: missingOf(row.materials),
      due: dueOf(row, know, today),
      acceptedOn: row.acceptedOn,
      acceptedHow: row.acceptedHow,
      endedOn: row.endedOn,
      ...(readsAsStaff(actor, row) && { isRefusalPending: row.pendingRefusal !== null }),
      version: row.version,
    }
  })
}

export async function applicationView(reader: Reader, row: Application): Promise<View> {
  const { db, actor, now } = reader
  const [item] = await applicationItems(reader, [row])
  if (!item) throw new Error('one application gives one line')
  const pending = row.pendingRefusal
  const posts = await byId(db, Post, [row.receivedByPostId, row.noticedByPostId, pending?.postId])
  const receiver = posts.get(row.receivedByPostId)
  const unit = receiver && (await db.findOneBy(Unit, { id: receiver.unitId }))
  const isStaff = readsAsStaff(actor, row)
  const nameOf = (postId: string | null | undefined) => posts.get(postId ?? '')?.name ?? ''
  return {
    ...item,
    receivedBy: receiver ? { name: receiver.name, phone: receiver.workPhone ?? unit?.phone ?? null } : null,
    materials: row.materials,
    wasComplete: row.wasComplete,
    noticeDueOn: row.noticeDueOn,
    notice:
      row.noticedOn === null
        ? null
        : {
            on: row.noticedOn,
            by: nameOf(row.noticedByPostId),
            items: row.noticeItems ?? [],
            text: row.noticeText,
          },
    suppliedOn: row.suppliedOn,
    promisedWorkdays: row.promisedWorkdays,
    approvalNumber: row.approvalNumber,
    refusal:
      row.refusalGround === null
        ? null
        : {
            ground: row.refusalGround,
            basis: row.refusalBasis ?? '',
            reason: row.refusalReason ?? '',
            by: item.unit.name,
          },
    endNote: row.endNote,
    ...(isStaff && {
      pendingRefusal: pending && {
        ground: pending.ground,
        basis: pending.basis,
        reason: pending.reason,
        by: nameOf(pending.postId),
        at: toWireInstant(new Date(pending.at)),
      },
      returnNote: row.returnNote,
      grounds: groundsFor(row.state).map((ground) => {
        const { source, confirmed } = grounds[ground]
        return { ground, source, confirmed }
      }),
    }),
    createdAt: toWireInstant(row.createdAt),
    can: canOf(actor, row, dateOf(now)),
  }
}

/** What the reader could do now; whoever proposed a refusal does not agree to it. */
function canOf(actor: Actor, row: Application, today: string): string[] {
  const own = row.pendingRefusal && [...actor.holdings.map(({ postId }) => postId), ...actor.formerPostIds]
  const isProposer =
    own?.includes(row.pendingRefusal?.postId ?? '') || row.pendingRefusal?.personId === (actor.personId ?? '')
  return possible(actor, applicationTarget, row, candidates).filter(
    (verb) =>
      dayObstacle(row, verb as ApplicationStep, today) === undefined &&
      !(isProposer && (verb === 'application.agreeRefusal' || verb === 'application.returnRefusal')),
  )
}
