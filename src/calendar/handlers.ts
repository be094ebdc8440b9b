/** The calendar as it stands, and a year's arrangement brought in. */
import { v7 as uuid } from 'uuid'
import { revise } from '../audit/revision.js'
import { change, create } from '../audit/trail.js'
import { forUpdate } from '../database/transaction.js'
import { serve } from '../http/serve.js'
import { CalendarYear } from './calendarYear.js'
import { dateOf, yearOf } from './dates.js'
import { yearView } from './view.js'
import { makeCalendar } from './workdays.js'

export const calendarHandlers = {
  'calendar.read': serve('calendar.read', {
    async handle({ input, know, now }) {
      return yearView(know.calendar, input.year ?? yearOf(dateOf(now)))
    },
  }),
  'calendar.import': serve('calendar.import', {
    async handle({ db, input, know }) {
      const lock = forUpdate(db)
      const before = await db.findOne(CalendarYear, { where: { year: input.year }, ...(lock ? { lock } : {}) })
      if (before) await change(db, CalendarYear, before, { content: input })
      else await create(db, CalendarYear, { id: uuid(), year: input.year, content: input })
      await revise(db, 'calendar')
      const others = know.calendar.years.filter(({ year }) => year !== input.year)
      return yearView(makeCalendar([...others, input]), input.year)
    },
  }),
}
