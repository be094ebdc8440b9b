/** How a run goes on: begun by a job, telling how far it is, and ended once with its file. */
import type { EntityManager } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change } from '../audit/trail.js'
import { dateOf } from '../calendar/dates.js'
import { fileTypeOf } from '../files/kinds.js'
import { StoredFile } from '../files/storedFile.js'
import type { House } from '../house.js'
import { grantsOf } from '../http/scopes.js'
import { type Actor, loadActorOf } from '../people/actor.js'
import type { ExcelState } from './contract.js'
import { type Counts, ExcelRun } from './excelRun.js'

export interface OfRun {
  runId: string
}

/** Tries of one run: what fails so often will not come right by itself. */
const TRIES = 3
export const FAILED = '系统出了点问题，没有做成。请稍后再试，还不行请告诉系统管理员。'
export const NO_POWER = '您现在没有做这件事的权限。'

export interface Begun {
  run: ExcelRun
  /** As they are now: a post taken away meanwhile counts. */
  actor: Actor
}

/** Undefined where there is nothing to do any more. */
export async function beginRun(
  db: EntityManager,
  runId: string,
  attempt: number,
  now: Date,
): Promise<Begun | undefined> {
  const run = await db.findOneBy(ExcelRun, { id: runId })
  if (!run || (run.state !== 'waiting' && run.state !== 'working')) return undefined
  const actor = attempt > TRIES ? null : await loadActorOf(db, run.personId, dateOf(now))
  if (actor && grantsOf(actor, run.verb).length > 0) {
    if (run.state === 'waiting') await change(db, ExcelRun, run, { state: 'working' })
    return { run, actor }
  }
  const message = attempt > TRIES ? FAILED : NO_POWER
  await change(db, ExcelRun, run, { state: 'failed', message, finishedAt: now })
  return undefined
}

/** Says how far it is, some times a second at most. */
export function teller({ ds }: House, runId: string) {
  let toldAt = 0
  return async (done: number, total: number | null): Promise<void> => {
    if (performance.now() - toldAt < 300) return
    toldAt = performance.now()
    await ds.manager.update(ExcelRun, { id: runId }, { done, total })
  }
}

const MESSAGE_MAX = 500

export interface Ending {
  state: Exclude<ExcelState, 'waiting' | 'working'>
  message: string
  done: number
  counts?: Counts
  workbook?: { name: string; hash: string; size: number }
}

/** In the transaction that settles the job. */
export async function endRun(db: EntityManager, runId: string, ending: Ending, now: Date): Promise<void> {
  const run = await db.findOneBy(ExcelRun, { id: runId })
  if (!run) return
  const { state, message, done, counts = null, workbook } = ending
  const fileId = workbook ? uuid() : null
  if (workbook && fileId) await db.insert(StoredFile, fileRow(fileId, run, workbook, now))
  const patch = { state, message: message.slice(0, MESSAGE_MAX), done, total: done, counts, fileId, finishedAt: now }
  await change(db, ExcelRun, run, patch)
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function fileRow(id: string, run: ExcelRun, workbook: NonNullable<Ending['workbook']>, now: Date): StoredFile {
  const { name, hash, size } = workbook
  return {
    id,
    hash,
    size,
    mime: XLSX,
    extension: fileTypeOf(XLSX)?.extension ?? 'xlsx',
    kind: 'excel',
    name,
    width: null,
    height: null,
    takenAt: null,
    placeSealed: null,
    uploadedBy: run.personId,
    uploaderRef: null,
    uploadedAt: now,
    ownerKind: 'excel',
    ownerId: run.id,
    entryId: null,
    review: 'passed',
    traceId: null,
  }
}
