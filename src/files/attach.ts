/** Ties uploads to what they were sent with, and shows them to whoever may see that. */
import type { EntityManager } from 'typeorm'
import { In, Not } from 'typeorm'
import { rowsBy } from '../database/rows.js'
import { forUpdate } from '../database/transaction.js'
import type { Knowledge } from '../house.js'
import { invalid } from '../problem.js'
import { uploadRef } from '../tips/informers/refs.js'
import { FILES_MAX, type FileView } from './contract.js'
import { type FileOwnerKind, type FileReview, StoredFile } from './storedFile.js'
import { viewOf } from './view.js'

interface Attachment {
  fileIds: readonly string[]
  /** Who attaches: only one's own uploads can be. */
  personId: string
  /** True where the person speaks for the bureau: such files need no release. */
  isStaff: boolean
  ownerKind: FileOwnerKind
  /** Locked by, or made in, the same transaction: the count of its files hangs on that. */
  ownerId: string
  entryId?: string | null
  /** For the owner altogether. */
  max?: number
}

/** @throws Problem invalid on `fileIds`, when one is not the person's own unattached upload or they are too many */
export async function attachFiles(db: EntityManager, attachment: Attachment): Promise<void> {
  const { fileIds, personId, isStaff, ownerKind, ownerId, entryId = null, max = FILES_MAX } = attachment
  if (fileIds.length === 0) return
  await refuseTooMany(db, fileIds, ownerKind, ownerId, max)
  const files = await lockFiles(db, fileIds)
  const isFree = (file: StoredFile) => file.uploadedBy === personId && file.ownerId === null
  if (files.length < fileIds.length || !files.every(isFree)) {
    throw invalid('fileIds', '有的文件已过期、已用过或不是您上传的，请重新上传')
  }
  const review: FileReview = isStaff ? 'passed' : 'pending'
  await db.update(StoredFile, { id: In([...fileIds]) }, { ownerKind, ownerId, entryId, review })
}

interface DiscreetAttachment {
  fileIds: readonly string[]
  /** Null who has not logged in. */
  personId: string | null
  ownerId: string
  entryId: string
  max: number
}

/** The same for what was sent discreetly: from then on nothing says whose it was. */
export async function attachDiscreetly(
  db: EntityManager,
  know: Pick<Knowledge, 'informers'>,
  { fileIds, personId, ownerId, entryId, max }: DiscreetAttachment,
): Promise<void> {
  if (fileIds.length === 0) return
  await refuseTooMany(db, fileIds, 'tip', ownerId, max)
  const files = await lockFiles(db, fileIds)
  const isOwn = (file: StoredFile) =>
    [personId, null].some((whose) => file.uploaderRef === uploadRef(know, file.id, whose))
  if (files.length < fileIds.length || !files.every((file) => file.ownerId === null && isOwn(file))) {
    throw invalid('fileIds', '有的照片已过期、已用过或不是您上传的，请重新上传')
  }
  const attached = { ownerKind: 'tip' as const, ownerId, entryId, review: 'passed' as const, uploaderRef: null }
  await db.update(StoredFile, { id: In([...fileIds]) }, attached)
}

async function refuseTooMany(
  db: EntityManager,
  fileIds: readonly string[],
  ownerKind: FileOwnerKind,
  ownerId: string,
  max: number,
): Promise<void> {
  if (new Set(fileIds).size < fileIds.length) throw invalid('fileIds', '同一个文件只能附一次，请去掉重复的')
  const before = await db.countBy(StoredFile, { ownerKind, ownerId })
  if (before + fileIds.length > max)
    throw invalid('fileIds', `最多附 ${max} 个文件，现在共 ${before + fileIds.length} 个`)
}

/** In the order of ids, so that two who want the same files wait for each other instead of dead-locking. */
function lockFiles(db: EntityManager, fileIds: readonly string[]): Promise<StoredFile[]> {
  const lock = forUpdate(db)
  return db.find(StoredFile, { where: { id: In([...fileIds]) }, order: { id: 'ASC' }, ...(lock && { lock }) })
}

interface Reader {
  /** Staff who may read the owner also see what has not been released. */
  canSeeHeld?: boolean
  /** Whom the links are made for; their own uploads they open at any time. */
  personId?: string | null
  /** What the answer is keyed by. */
  by?: 'ownerId' | 'entryId'
}

/** The files of each owner, oldest first; an owner without files is missing. Call it only for a reader of the owners. */
export async function fileViews(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  ownerKind: FileOwnerKind,
  ownerIds: readonly string[],
  { canSeeHeld = false, personId = null, by = 'ownerId' }: Reader = {},
): Promise<Map<string, FileView[]>> {
  const views = new Map<string, FileView[]>()
  if (ownerIds.length === 0) return views
  const sought = { ownerKind, ownerId: [...new Set(ownerIds)] }
  for (const file of await rowsBy(db, StoredFile, sought, { order: 'id' })) {
    const key = file[by]
    if (key === null) continue
    const isHeld = file.review !== 'passed'
    const isOwn = personId !== null && file.uploadedBy === personId
    const view = viewOf(know, now, file, { isHeld, isReadable: canSeeHeld || isOwn || !isHeld, personId })
    views.set(key, [...(views.get(key) ?? []), view])
  }
  return views
}

/** An officer's word on what an enterprise attached: what was released stays so. */
export async function releaseFiles(
  db: EntityManager,
  ownerKind: FileOwnerKind,
  ownerId: string,
  decision: 'passed' | 'held',
): Promise<void> {
  await db.update(StoredFile, { ownerKind, ownerId, review: Not('passed') }, { review: decision })
}
