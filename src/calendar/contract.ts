/** The working-day calendar: read by everybody, a year's arrangement brought in by the clerk. */
import { z } from 'zod'
import { command, date, query } from '../wire.js'
import { yearCalendar } from './years.js'

const year = z.strictObject({
  year: z.int(),
  /** False until the State Council has announced the arrangement: everything counted by it is provisional. */
  isAnnounced: z.boolean(),
  /** Null for a year of which nothing has been collected. */
  source: z.string().nullable(),
  /** Working days from 1 January to 31 December. */
  workdays: z.int(),
  holidays: z.array(z.strictObject({ name: z.string(), from: date, to: date, work: z.array(date) })),
  /** Weekends and holidays of the year, each with why. */
  daysOff: z.array(z.strictObject({ date, reason: z.string() })),
  /** 调休上班: Saturdays and Sundays on which the bureau works. */
  makeUpDays: z.array(z.strictObject({ date, reason: z.string() })),
})

export const calendarContract = {
  'calendar.read': query({
    summary: '一年的放假与调休安排、工作日天数（不填年份则为今年）',
    input: z.strictObject({ year: z.int().min(2000).max(2099).optional() }),
    output: year,
    example: { year: 2026 },
  }),
  'calendar.import': command({
    summary: '收录国务院公布的一年放假安排，未办结的时限随之重算',
    input: yearCalendar,
    output: year,
    example: {
      year: 2026,
      isAnnounced: true,
      source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）',
      holidays: [
        { name: '元旦', from: '2026-01-01', to: '2026-01-03', work: ['2026-01-04'] },
        { name: '春节', from: '2026-02-15', to: '2026-02-23', work: ['2026-02-14', '2026-02-28'] },
      ],
    },
  }),
}
