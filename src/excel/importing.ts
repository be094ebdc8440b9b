/** Does an import: reads the workbook in another process, checks every line outside the database, and writes all or nothing. */
import { actOf, beginAct } from '../audit/act.js'
import { job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { dateOf } from '../calendar/dates.js'
import { StoredFile } from '../files/storedFile.js'
import type { House } from '../house.js'
import { collect } from './collect.js'
import type { Counts, ExcelRun } from './excelRun.js'
import { imports, type Plan } from './imports.js'
import { importSheets, type ImportVerb } from './importSheets.js'
import type { Fault, Lines } from './lines.js'
import { readWorkbook, reportOn } from './readWorkbook.js'
import { WorkbookRefused } from './refusals.js'
import { cellOf } from './report.js'
import { type Begun, beginRun, type Ending, endRun, type OfRun, teller } from './runs.js'
import { buffer } from 'node:stream/consumers'

interface Checked {
  ending: Ending
  /** Only where it is to be written. */
  plan?: Plan
}

export const importJob = job<OfRun, Begun, Checked>({
  claim: ({ db, payload, attempt, now }) => beginRun(db, payload.runId, attempt, now),
  async outside({ claimed: { run }, house }) {
    try {
      const bytes = await sourceOf(house, run.sourceId)
      const read = await readWorkbook(verbOf(run), bytes)
      // What an import before this one left is gone before the checks begin, and theirs before the transaction.
      collect(read.lines.length)
      const tell = teller(house, run.id)
      const { plan: planOf } = imports[verbOf(run)]
      const plan: Plan = await planOf(house, run, read, (done) => tell(done, read.lines.length))
      collect(read.lines.length)
      return await conclude(house, run, bytes, read, plan)
    } catch (error) {
      if (!(error instanceof WorkbookRefused)) throw error
      return { ending: { state: 'refused', message: error.message, done: 0 } }
    }
  },
  async handle({ db, payload, now, claimed: { run }, result: { ending, plan } }) {
    // The trail names who asked for it, with their post.
    beginAct(db, { ...actOf(db), verb: run.verb, personId: run.personId, postId: run.postId })
    if (plan) await enqueue(db, await imports[verbOf(run)].write(db, plan), now)
    await endRun(db, payload.runId, ending, now)
  },
})

const verbOf = ({ verb }: ExcelRun) => verb as ImportVerb

async function sourceOf({ ds, outside }: House, fileId: string | null): Promise<Buffer> {
  const file = fileId === null ? null : await ds.manager.findOneBy(StoredFile, { id: fileId })
  const stream = file ? await outside.blobs.get(file.hash) : undefined
  if (!stream) throw new WorkbookRefused('broken')
  return buffer(stream)
}

async function conclude(
  { outside, now }: House,
  run: ExcelRun,
  bytes: Buffer,
  read: Lines<string>,
  plan: Plan,
): Promise<Checked> {
  const { title } = importSheets[verbOf(run)]
  const { counter } = imports[verbOf(run)]
  const { isDryRun } = run
  const faults = [...read.faults, ...plan.faults].toSorted((a, b) => a.no - b.no || a.at - b.at)
  const done = read.lines.length
  const counts: Counts = {
    lines: done,
    created: plan.created.length,
    updated: plan.updated.length,
    unchanged: plan.unchanged,
    faults: faults.length,
  }
  const ignored = read.ignored.length === 0 ? '' : `没有认出的栏目：${read.ignored.join('、').slice(0, 200)}。`
  if (faults.length > 0) {
    const blob = await outside.blobs.put(await reportOn(verbOf(run), bytes, faults))
    const message = `${faults.length} 处有问题，什么都没有导入。第一处在 ${named(faults)}。${ignored}`
    const name = `${title}问题清单${dateOf(now()).replaceAll('-', '')}.xlsx`
    return { ending: { state: 'faulty', message, done, counts, workbook: { name, ...blob } } }
  }
  const what = `新增 ${counts.created} ${counter}，修改 ${counts.updated} ${counter}，${counts.unchanged} ${counter}没有变化`
  const message = isDryRun ? `没有问题，可以导入：${what}。${ignored}` : `已导入：${what}。${ignored}`
  const isIdle = isDryRun || counts.created + counts.updated === 0
  return { ending: { state: 'done', message, done, counts }, ...(isIdle ? {} : { plan }) }
}

const named = ([first]: readonly Fault[]) => (first ? `${cellOf(first)}：${first.message}` : '')
