/** One service visit: offered, answered by the firm, held and recorded, confirmed; its open questions become cases. */
import type { EntityManager } from 'typeorm'
import { change, create } from '../audit/trail.js'
import { addDays, dateOf, instantAt, toWireInstant } from '../calendar/dates.js'
import { HelpCase } from '../cases/helpCase.js'
import { idAt } from '../database/idAt.js'
import { lookupHash } from '../encryption/lookup.js'
import type { StoredBlob } from '../files/store.js'
import { StoredFile } from '../files/storedFile.js'
import type { Enterprise } from '../people/enterprise.js'
import type { Post } from '../people/post.js'
import type { Project } from '../projects/project.js'
import { blank, unanswered } from '../visits/blank.js'
import { sealHosts } from '../visits/hosts.js'
import { writeOutcome } from '../visits/outcome.js'
import { monthEnd } from '../visits/pauses.js'
import { type DeclineWay, plannedState } from '../visits/states.js'
import { Visit } from '../visits/visit.js'
import { VisitEnterprise } from '../visits/visitEnterprise.js'
import { VisitPause } from '../visits/visitPause.js'
import { VisitStaff } from '../visits/visitStaff.js'
import { handledStory, usualTurns } from './caseStory.js'
import type { Dice } from './dice.js'
import type { Story } from './play.js'
import { deed, type Stage, watchOf } from './stage.js'
import { touch } from './contacts.js'
import type { VisitText } from './texts.js'

export interface Outing {
  project: Project | null
  firms: readonly Enterprise[]
  staff: readonly [Post, Post]
  /** Monday. */
  week: string
  plannedOn: string
  offeredOn: string
  text: VisitText
  fate: 'offered' | 'consented' | 'declined' | 'cancelled' | 'held'
  how?: DeclineWay
  isConfirmed: boolean
}

type Picture = Pick<StoredBlob, 'hash' | 'size'>
export interface Pictures {
  signature: Picture
  photos: Record<VisitText['kind'], Picture>
}

/** 上午九点到下午四点半. */
const times = ['09:00', '09:30', '10:00', '13:30', '14:00', '15:00']

export function* visitStory(stage: Stage, dice: Dice, outing: Outing, pictures: Pictures): Story {
  const { db, cast, words } = stage
  const { project, firms, staff, week, plannedOn, text, fate } = outing
  const watch = watchOf(dice)
  const [first] = staff
  const by = { postId: first.id }
  const parts: VisitEnterprise[] = []
  let visit!: Visit
  const plannedTime = dice.pick(times)
  yield deed(stage, watch.on(outing.offeredOn), 'visit.plan', by, async (at) => {
    const staffIds = staff.map(({ id }) => id)
    const values = {
      ...blank,
      id: idAt(at),
      state: 'offered' as const,
      kind: text.kind,
      projectId: project?.id ?? null,
      unitId: project?.unitId ?? first.unitId,
      week,
      plannedOn,
      plannedTime,
      onDate: plannedOn,
      plannedByPostId: first.id,
      topics: text.topics,
      note: dice.percent(40) ? dice.pick(words.visitNotes) : null,
      createdAt: at,
    }
    visit = await create(db, Visit, values, { staffIds: [null, staffIds] })
    for (const { id: enterpriseId } of firms) {
      const part = { id: idAt(at), visitId: visit.id, enterpriseId, state: 'offered' as const, onDate: plannedOn }
      parts.push(await create(db, VisitEnterprise, { ...unanswered, ...part }))
    }
    await db.insert(
      VisitStaff,
      staffIds.map((postId) => ({ id: idAt(at), visitId: visit.id, postId })),
    )
  })
  if (fate === 'offered') return
  for (const part of parts) {
    const personId = cast.memberOf(part.enterpriseId)
    const verb = fate === 'declined' ? 'visit.decline' : 'visit.consent'
    yield deed(stage, watch.on(watch.day()), verb, { personId }, async (at) => {
      await change(db, VisitEnterprise, part, {
        ...(fate === 'declined'
          ? { state: 'declined', declinedHow: outing.how ?? 'onlyThisOne', reason: dice.pick(words.visitDeclines) }
          : { state: 'consented', declinedHow: null, reason: null }),
        answeredAt: at,
        answeredBy: personId,
      })
      if (fate === 'declined') await pause(db, visit, part, at)
      await change(db, Visit, visit, { state: plannedState(parts.map(({ state }) => state)) })
    })
  }
  if (fate === 'consented' || fate === 'declined') return
  if (fate === 'cancelled') {
    yield deed(stage, watch.on(watch.day()), 'visit.cancel', by, async () => {
      await change(db, Visit, visit, { state: 'cancelled', cancelReason: dice.pick(words.visitCancels) })
      for (const part of parts) await change(db, VisitEnterprise, part, { state: 'cancelled' })
    })
    return
  }
  const startedAt = new Date(instantAt(plannedOn, plannedTime).getTime() + dice.between(0, 12) * 60_000)
  const endedAt = new Date(startedAt.getTime() + dice.between(40, 90) * 60_000)
  const written = watch.at(new Date(endedAt.getTime() + dice.between(4, 40) * 60_000 + dice.between(0, 59_999)))
  yield deed(stage, written, 'visit.record', by, (at) =>
    record(stage, dice, outing, { visit, parts, at, startedAt, endedAt, photo: pictures.photos[text.kind] }),
  )
  if (!outing.isConfirmed) return
  for (const part of parts) {
    const personId = cast.memberOf(part.enterpriseId)
    yield deed(stage, watch.on(addDays(watch.day(), 1)), 'visit.confirm', { personId }, async (at) => {
      const signatureFileId = await keep(db, pictures.signature, signatureFile, { personId, ownerId: part.id, at })
      const satisfaction = dice.pick([5, 5, 5, 5, 4, 4, 3])
      const remark = dice.pick(words.visitRemarks) || null
      const confirmed = { confirmedAt: at, confirmedBy: personId, signatureFileId, satisfaction, remark }
      await change(db, VisitEnterprise, part, confirmed)
      await change(db, Visit, visit, {})
    })
  }
}

/** 「本月不用」「需要时我约」. */
async function pause(db: EntityManager, visit: Visit, part: VisitEnterprise, at: Date): Promise<void> {
  const how = part.declinedHow
  if (how === null || how === 'onlyThisOne') return
  const fromOn = dateOf(at)
  await create(db, VisitPause, {
    id: idAt(at),
    enterpriseId: part.enterpriseId,
    projectId: visit.projectId,
    visitId: visit.id,
    how,
    fromOn,
    untilOn: how === 'thisMonth' ? monthEnd(fromOn) : null,
    createdBy: part.answeredBy,
    createdAt: at,
    liftedOn: null,
    liftedBy: null,
  })
}

interface Held {
  visit: Visit
  parts: readonly VisitEnterprise[]
  at: Date
  startedAt: Date
  endedAt: Date
  photo: Picture
}

async function record(stage: Stage, dice: Dice, outing: Outing, held: Held): Promise<void> {
  const { visit, parts, at, startedAt, endedAt } = held
  const { db, ground, words } = stage
  const { project, firms, staff, text } = outing
  const [recorder] = staff
  const staffIds = staff.map(({ id }) => id)
  const onDate = dateOf(startedAt)
  const by = { personId: recorder.personId ?? '', postId: recorder.id }
  const place = { name: dice.pick(words.places[text.kind]) }
  const photosAgreed = dice.percent(35)
  const fileIds = photosAgreed
    ? [await keep(db, held.photo, photoFile, { personId: by.personId, ownerId: visit.id, at })]
    : []
  const input = {
    id: visit.id,
    kind: text.kind,
    enterpriseIds: firms.map(({ id }) => id),
    ...(project ? { projectId: project.id } : {}),
    startedAt: toWireInstant(startedAt),
    endedAt: toWireInstant(endedAt),
    place,
    staffIds,
    hosts: dice.percent(30) ? [{ name: '演示接待人', title: '环保专员' }] : [],
    topics: text.topics,
    summary: text.summary,
    findings: text.findings.map(({ text: said, category, isSolved }) => ({
      text: said,
      category,
      isSolved,
      ...(firms[0] ? { enterpriseId: firms[0].id } : {}),
    })),
    photosAgreed,
    fileIds,
  }
  const hosts = sealHosts(ground.keyring, visit.id, input.hosts, at)
  await change(
    db,
    Visit,
    visit,
    {
      state: 'held',
      onDate,
      startedAt,
      endedAt,
      place,
      photosAgreed,
      hostsSealed: hosts?.hostsSealed ?? null,
      summary: text.summary,
      recordedByPostId: recorder.id,
      recordedAt: at,
      bodyHash: lookupHash(ground.keyring.purposeKey('lookup'), 'visit.record', JSON.stringify(input)),
    },
    { staffIds: [staffIds, staffIds] },
  )
  await hosts?.keepKey(db)
  for (const part of parts) await change(db, VisitEnterprise, part, { state: 'held', onDate })
  // The pictures are the visit's already.
  await writeOutcome(db, ground, at, { input: { ...input, fileIds: [] }, firms: [...firms], project, by, onDate })
  await touch(stage, project?.id ?? null, endedAt)
  const replies = text.findings.flatMap((finding) => (finding.isSolved ? [] : [finding.reply]))
  if (replies.length === 0) return
  const rows = await db.find(HelpCase, { where: { visitId: visit.id }, order: { id: 'ASC' } })
  for (const [index, row] of rows.entries()) {
    const reply = replies[index]
    if (!reply) throw new Error('a visit left more cases than questions')
    stage.play.add(handledStory(stage, dice, row, at, { text: reply, turns: usualTurns }))
  }
}

const signatureFile = { name: '签名.png', width: 320, height: 120, ownerKind: 'signature', review: 'pending' } as const
const photoFile = { name: '现场照片.png', width: 320, height: 240, ownerKind: 'visit', review: 'passed' } as const

interface Keeping {
  personId: string
  ownerId: string
  at: Date
}

async function keep(
  db: EntityManager,
  { hash, size }: Picture,
  file: typeof signatureFile | typeof photoFile,
  by: Keeping,
): Promise<string> {
  const id = idAt(by.at)
  await db.insert(StoredFile, {
    id,
    hash,
    size,
    mime: 'image/png',
    extension: 'png',
    kind: 'image',
    ...file,
    takenAt: null,
    placeSealed: null,
    uploadedBy: by.personId,
    uploaderRef: null,
    uploadedAt: by.at,
    ownerId: by.ownerId,
    entryId: null,
    traceId: null,
  })
  return id
}
