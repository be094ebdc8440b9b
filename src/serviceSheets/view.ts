/** What leaves the server about service sheets and binds. */
import type { EntityManager } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import { StoredFile } from '../files/storedFile.js'
import { viewOf as fileViewOf } from '../files/view.js'
import type { Knowledge } from '../house.js'
import { possible } from '../http/can.js'
import type { Actor } from '../people/actor.js'
import { Enterprise } from '../people/enterprise.js'
import { confirmedFirms } from '../people/findFirm.js'
import { masked, personalOf } from '../people/personal.js'
import { Post } from '../people/post.js'
import { byId, enterpriseView } from '../people/view.js'
import type { Project } from '../projects/project.js'
import { projectTarget } from '../projects/target.js'
import { postName } from '../projects/view.js'
import { type BindRow, bindTarget } from './bindTarget.js'
import { codeOf, spelled } from './code.js'
import { ServiceSheet } from './serviceSheet.js'

export type SheetView = Output<'project.issueSheet'>
export type BindView = Output<'project.bind'>

interface Around {
  db: EntityManager
  know: Knowledge
  actor: Actor
  now: Date
}

const sheetActions: readonly Verb[] = ['project.issueSheet', 'project.revokeCode', 'project.receiveSheet']

/** What may be done about the sheets of a project: with none yet, only issuing. */
export function sheetCan(actor: Actor, project: Project, current: ServiceSheet | null): Verb[] {
  return possible(actor, projectTarget, project, sheetActions).filter((verb) => {
    if (verb === 'project.revokeCode') return current !== null && current.codeRevokedAt === null
    if (verb === 'project.receiveSheet') return current !== null && current.receivedAt === null
    return true
  })
}

/** The newest edition is the one that counts. */
export const currentSheet = (db: EntityManager, projectId: string): Promise<ServiceSheet | null> =>
  db.findOne(ServiceSheet, { where: { projectId }, order: { edition: 'DESC' } })

export async function sheetView(
  { db, know, actor, now }: Around,
  project: Project,
  sheet: ServiceSheet,
  current: ServiceSheet,
): Promise<SheetView> {
  const posts = await byId(db, Post, [sheet.issuedByPostId])
  const file = sheet.fileId === null ? null : await db.findOneBy(StoredFile, { id: sheet.fileId })
  const can = sheet.id === current.id ? sheetCan(actor, project, current) : []
  const isKeeper = possible(actor, projectTarget, project, ['project.revokeCode']).length > 0
  return {
    id: sheet.id,
    projectId: sheet.projectId,
    number: sheet.number,
    edition: sheet.edition,
    issuedOn: sheet.issuedOn,
    issuedBy: postName(posts, sheet.issuedByPostId),
    content: sheet.content,
    file: file && fileViewOf(know, now, file, { isHeld: false, isReadable: true, personId: actor.personId }),
    isCurrent: sheet.id === current.id,
    code: isKeeper
      ? {
          text: codeState(sheet, current, now) === 'valid' ? spelled(codeOf(know.keyring, sheet.id)) : null,
          expiresOn: sheet.codeExpiresOn,
          state: codeState(sheet, current, now),
        }
      : null,
    receivedAt: sheet.receivedAt === null ? null : toWireInstant(sheet.receivedAt),
    version: sheet.version,
    can,
  }
}

/** A new edition takes the old one's code out of use. */
export function codeState(sheet: ServiceSheet, current: ServiceSheet, now: Date): 'valid' | 'expired' | 'revoked' {
  if (sheet.codeRevokedAt !== null || sheet.id !== current.id) return 'revoked'
  return dateOf(now) > sheet.codeExpiresOn ? 'expired' : 'valid'
}

const bindActions: readonly Verb[] = ['project.confirmBind', 'project.refuseBind']

export async function bindViews({ db, know, actor }: Around, rows: readonly BindRow[]): Promise<BindView[]> {
  const firmIds = rows.map(({ enterpriseId }) => enterpriseId)
  const firms = await byId(db, Enterprise, firmIds)
  const confirmed = await confirmedFirms(db, firmIds)
  const known = await personalOf(
    db,
    know.keyring,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return rows.map((row) => {
    const { project } = row
    const firm = firms.get(row.enterpriseId)
    if (!firm) throw new Error(`The firm of bind ${row.id} is missing`)
    const personal = row.personId === null ? undefined : known.get(row.personId)
    return {
      id: row.id,
      state: row.state,
      project: { id: project.id, name: project.name, builderName: project.builderName },
      enterprise: enterpriseView(firm),
      isNameConfirmed: confirmed.has(firm.id),
      membership: row.membership,
      person: personal ? masked(personal).name : null,
      askedAt: toWireInstant(row.askedAt),
      decidedAt: row.decidedAt === null ? null : toWireInstant(row.decidedAt),
      reason: row.reason,
      version: row.version,
      can: possible(actor, bindTarget, row, bindActions),
    }
  })
}
