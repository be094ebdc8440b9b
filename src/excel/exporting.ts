/** Writes an export: reads the list page by page into the sheet, so that its length does not matter. */
import { job } from '../audit/jobKind.js'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import { collect } from './collect.js'
import type { Column } from './column.js'
import { type ExportVerb, exports } from './exports.js'
import { listed } from './listed.js'
import { type Begun, beginRun, type Ending, endRun, type OfRun, teller } from './runs.js'
import { ROWS_MAX, type SheetForm, type SheetRow, writeWorkbook } from './writing.js'

class TooMany extends Error {}

export const exportJob = job<OfRun, Begun, Ending>({
  claim: ({ db, payload, attempt, now }) => beginRun(db, payload.runId, attempt, now),
  async outside({ claimed: { run, actor }, now, know, house, outside }) {
    const { title, list, sheets } = exports[run.verb as ExportVerb]
    const asked = { ds: house.ds, list, filter: run.filter ?? {}, call: { know, actor, now } }
    const tell = teller(house, run.id)
    let done = 0
    const isNarrowed = Object.values(run.filter ?? {}).some((value) => value !== undefined && value !== 'all')
    const at = toWireInstant(now).slice(0, 16).replace('T', ' ')
    const forms = sheets.map(
      (sheet, place): SheetForm => ({
        name: sheet.name,
        title: `${title}（${at} 导出${isNarrowed ? '，按筛选条件' : ''}）`,
        columns: sheet.columns,
        rows: rows(sheet.columns, async function* () {
          for await (const page of listed(asked, sheet.rowsOf)) {
            yield page.rows
            if (place > 0) continue
            done += page.count
            if (done > ROWS_MAX) throw new TooMany()
            await tell(done, null)
          }
        }),
      }),
    )
    try {
      const blob = await outside.blobs.put(await writeWorkbook(forms))
      collect(done)
      const name = `${title}${dateOf(now).replaceAll('-', '')}.xlsx`
      return { state: 'done', message: `共 ${done} 条`, done, workbook: { name, ...blob } }
    } catch (error) {
      if (!(error instanceof TooMany)) throw error
      return { state: 'refused', message: '超过一百万条，一张表放不下。请缩小筛选范围再导出。', done: 0 }
    }
  },
  async handle({ db, payload, now, result }) {
    await endRun(db, payload.runId, result, now)
  },
})

async function* rows(
  columns: readonly Column<unknown>[],
  pages: () => AsyncGenerator<readonly unknown[]>,
): AsyncGenerator<SheetRow> {
  for await (const page of pages()) {
    for (const row of page) yield { values: columns.map((column) => column.value(row)) }
  }
}
