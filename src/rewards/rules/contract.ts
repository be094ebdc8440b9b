/** What a level of reward is worth, and the limits of paying (奖励标准和发放限额). */
import { z } from 'zod'
import { command, line, query, version } from '../../wire.js'
import { fen, level } from '../shapes.js'

const rules = z.strictObject({
  levels: z
    .array(z.strictObject({ level, amountFen: fen.nullable(), confirmed: z.boolean(), note: line(200, 0) }))
    .length(3, '三个等级都要写'),
  claimDays: z.int().min(1).max(365),
  /** In working days, or in days of the calendar. */
  claimUnit: z.enum(['workday', 'day']),
  dailyTotalFen: fen,
  dailyCount: z.int().min(0).max(1_000_000),
  perPersonDailyFen: fen,
  lowBalanceFen: fen,
  confirmed: z.boolean(),
  note: line(500),
})

export const ruleContract = {
  'reward.rules': query({
    summary: '奖励标准和发放限额',
    input: z.strictObject({}),
    output: rules.extend({ version, can: z.array(z.string()) }),
    example: {},
  }),
  'reward.saveRules': command({
    summary: '修改奖励标准和发放限额',
    input: rules.extend({ version }),
    output: rules.extend({ version, can: z.array(z.string()) }),
    example: {
      levels: [
        { level: 'major', amountFen: 500000, confirmed: false, note: '待市局确认' },
        { level: 'large', amountFen: 200000, confirmed: false, note: '待市局确认' },
        { level: 'general', amountFen: 50000, confirmed: false, note: '待市局确认' },
      ],
      claimDays: 60,
      claimUnit: 'day',
      dailyTotalFen: 5000000,
      dailyCount: 100,
      perPersonDailyFen: 500000,
      lowBalanceFen: 1000000,
      confirmed: false,
      note: '待市局确认',
      version: 1,
    },
  }),
}
