/** Imports and exports as their owner's own data. Erasing takes the search text away; that it happened stays on record. */
import { toWireInstant } from '../calendar/dates.js'
import type { OwnData } from '../people/ownData.js'
import { words } from '../words/words.js'
import { change } from '../audit/trail.js'
import { ExcelRun } from './excelRun.js'

export const excelData: OwnData = {
  title: '导入和导出',
  async read(db, { person }) {
    const runs = await db.find(ExcelRun, { where: { personId: person.id }, order: { id: 'ASC' } })
    return runs.map(({ verb, state, createdAt }) => ({
      事项: words.excelVerbs[verb],
      结果: words.excelStates[state],
      时间: toWireInstant(createdAt),
    }))
  },
  async erase(db, { person }) {
    for (const run of await db.findBy(ExcelRun, { personId: person.id })) {
      if (run.filter !== null) await change(db, ExcelRun, run, { filter: null })
    }
  },
}
