/** Issues a project's next service sheet: what stands on it is what the ledger, the guides and the rules say now. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { create } from '../audit/trail.js'
import { addDays, dateOf } from '../calendar/dates.js'
import { numberOn } from '../words/number.js'
import type { Knowledge } from '../house.js'
import { Post } from '../people/post.js'
import { Unit } from '../people/unit.js'
import { byId } from '../people/view.js'
import { officersOf } from '../projects/care.js'
import { Problem } from '../problem.js'
import type { Project } from '../projects/project.js'
import { codeHash, codeOf } from './code.js'
import { composeSheet, type NamedOfficer } from './compose.js'
import { ServiceSheet } from './serviceSheet.js'
import { currentSheet } from './view.js'

export interface Issue {
  note: string | null
  withPackage: boolean
  byPostId: string | null
}

interface Around {
  db: EntityManager
  know: Pick<Knowledge, 'keyring' | 'sheetRules' | 'guides' | 'calendar' | 'paths' | 'approval'>
  now: Date
}

/** A text column of MariaDB holds 65,535. */
const MOST_BYTES = 65_000

/**
 * The sheet still has to be drawn: by the job that follows the verb.
 * @throws Problem wrongState, when more would stand on it than a row holds
 */
export async function issueSheet(
  { db, know, now }: Around,
  project: Project,
  { note, withPackage, byPostId }: Issue,
): Promise<ServiceSheet> {
  const { guides, codeDays } = know.sheetRules
  const type = project.documentType
  const guideCode = type === null || type === 'none' ? undefined : guides[type]
  const today = dateOf(now)
  const content = composeSheet({
    project,
    guide: guideCode === undefined ? undefined : know.guides.find(guideCode)?.content,
    officers: await officersNamed(db, project),
    rules: know.sheetRules,
    laws: know.guides.laws,
    paths: know.paths.tables,
    approval: know.approval,
    calendar: know.calendar,
    today,
    note,
    withPackage,
  })
  if (Buffer.byteLength(JSON.stringify(content)) > MOST_BYTES) {
    throw new Problem('wrongState', { title: '服务单内容太长，请不附服务包，或请信息员精简指南' })
  }
  const last = await currentSheet(db, project.id)
  const id = uuid()
  return create(db, ServiceSheet, {
    id,
    projectId: project.id,
    number: numberOn('FW', today),
    edition: (last?.edition ?? 0) + 1,
    issuedOn: today,
    issuedByPostId: byPostId,
    content,
    fileId: null,
    codeHash: codeHash(know.keyring, codeOf(know.keyring, id)),
    codeExpiresOn: addDays(today, codeDays.value),
    codeRevokedAt: null,
    receivedAt: null,
    receivedBy: null,
  })
}

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
