/**
 * What a later program brings, laid into a copy of this one as `database/later.js`: a channel for each line of a case's
 * timeline, with its index, filled in by a job of slices; and no longer an instant at which a session began.
 */
import { IsNull } from 'typeorm'
import { enqueue } from '../audit/queue.js'
import { job } from '../audit/jobKind.js'
import { slice } from '../audit/slices.js'
import { CaseEntry } from '../cases/caseEntry.js'
import { index, instant, optional, varchar } from './columns.js'
import { addColumn, addIndex, dropColumn, loosen } from './online.js'

export class ExpandEntryChannel1800000000001 {
  async up(runner) {
    await addColumn(runner, 'case_entry', optional(varchar('channel', 20)))
    await addIndex(runner, 'case_entry', index('case_entry_channel', 'channel'))
    await enqueue(runner.manager, [{ kind: 'case.fillChannel', payload: {}, uniqueKey: 'case.fillChannel' }], new Date())
  }
}

export class ExpandSessionBeginning1800000000002 {
  async up(runner) {
    await loosen(runner, 'session', instant('createdAt'))
  }
}

export class ContractSessionBeginning1800000000003 {
  async up(runner) {
    const [{ n }] = await runner.query('SELECT COUNT(*) AS n FROM case_entry WHERE channel IS NULL')
    if (Number(n) > 0) throw new Error(`${n} lines have no channel yet`)
    await dropColumn(runner, 'session', 'createdAt')
  }
}

export const later = [
  ExpandEntryChannel1800000000001,
  ExpandSessionBeginning1800000000002,
  ContractSessionBeginning1800000000003,
]

export const laterJobs = {
  'case.fillChannel': job({
    handle: ({ db, payload, now }) =>
      slice(
        db,
        { kind: 'case.fillChannel', payload, entity: CaseEntry, where: { channel: IsNull() }, now },
        async (rows) => {
          for (const { id } of rows) await db.update(CaseEntry, { id }, { channel: 'mini-program' })
        },
      ),
  }),
}
