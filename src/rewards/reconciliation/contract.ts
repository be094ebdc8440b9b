/** Each day's books held against WeChat's and the bank's (每日对账). */
import { z } from 'zod'
import { command, date, done, id, instant, line, pageOf, paging, prose, query, version } from '../../wire.js'

const reconciliationId = '01970000-0000-7000-8000-000000000008'

/** What every account of a day begins with. */
const sums = { id, on: date, at: instant, bills: z.int(), oursFen: z.int(), theirsFen: z.int() }

export const reconciliationContract = {
  'reconciliation.list': query({
    summary: '每日对账',
    input: z.strictObject({ onlyDifferent: z.boolean().optional(), ...paging }),
    output: pageOf(
      z.strictObject({
        ...sums,
        differences: z.int(),
        settled: z.int(),
        isEqual: z.boolean(),
        version,
      }),
    ),
    example: {},
  }),
  'reconciliation.read': query({
    summary: '一天的对账：每一笔不符',
    input: z.strictObject({ id }),
    output: z.strictObject({
      ...sums,
      isEqual: z.boolean(),
      lines: z.array(
        z.strictObject({
          key: z.string(),
          rewardId: id.nullable(),
          tipNumber: z.string().nullable(),
          reference: z.string().nullable(),
          ours: z.string(),
          theirs: z.string(),
          oursFen: z.int(),
          theirsFen: z.int(),
          note: z.string().nullable(),
          settledBy: z.string().nullable(),
        }),
      ),
      version,
      can: z.array(z.string()),
    }),
    example: { id: reconciliationId },
  }),
  'reconciliation.settle': command({
    summary: '说明一笔不符',
    input: z.strictObject({ id, version: version.optional(), key: line(80), note: prose(500, 2) }),
    output: done,
    example: { id: reconciliationId, key: '0193', note: '微信侧晚到账，次日已平。' },
  }),
}
