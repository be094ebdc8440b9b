/** A run as its owner sees it, with a link to the file it ended in. */
import { type EntityManager, In } from 'typeorm'
import { toWireInstant } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import { StoredFile } from '../files/storedFile.js'
import { viewOf } from '../files/view.js'
import type { Knowledge } from '../house.js'
import type { ExcelRun } from './excelRun.js'

export async function runViews(
  db: EntityManager,
  know: Knowledge,
  now: Date,
  runs: readonly ExcelRun[],
): Promise<Output<'excel.read'>[]> {
  const fileIds = runs.flatMap(({ fileId }) => fileId ?? [])
  const files = fileIds.length === 0 ? [] : await db.findBy(StoredFile, { id: In(fileIds) })
  return runs.map((run) => {
    const { id, verb, isDryRun, state, done, total, counts, message, personId } = run
    const file = files.find((one) => one.id === run.fileId)
    return {
      id,
      verb,
      isDryRun,
      state,
      done,
      total,
      counts,
      message,
      file: file ? viewOf(know, now, file, { isHeld: false, isReadable: true, personId }) : null,
      createdAt: toWireInstant(run.createdAt),
      finishedAt: run.finishedAt && toWireInstant(run.finishedAt),
    }
  })
}

export async function runView(db: EntityManager, know: Knowledge, now: Date, run: ExcelRun) {
  const [view] = await runViews(db, know, now, [run])
  if (!view) throw new Error('one run gives one view')
  return view
}
