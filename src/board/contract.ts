/** Figures for those who watch over the work; every number says which list shows what is behind it. */
import { z } from 'zod'
import { unitName } from '../people/contract.js'
import { date, id, instant, line, query } from '../wire.js'

/** The list that shows what a number counted: a verb and its input. */
export const listFilter = z.strictObject({
  verb: z.enum([
    'case.list',
    'rectification.list',
    'rejection.list',
    'visit.list',
    'project.list',
    'guide.list',
    'guide.comments',
  ]),
  input: z.record(z.string(), z.unknown()),
})
export type ListFilter = z.infer<typeof listFilter>

/** So many; the list has as many lines. */
const count = z.strictObject({ value: z.int(), filter: listFilter })
/** A share in percent or an average, null where there is nothing to take it of; the list shows the `of` many. */
const ratio = z.strictObject({ value: z.number().nullable(), of: z.int(), filter: listFilter })

const period = z.strictObject({ from: date, to: date })
const periodInput = { from: date.optional(), to: date.optional() }

const workload = {
  dueSoon: count,
  dueToday: count,
  overdue: count,
  answered: count,
  averageWorkdays: ratio,
  /** The average of what was promised for the same cases. */
  promisedWorkdays: ratio,
  inTimeShare: ratio,
}
const figures = {
  ...workload,
  /** Under way now; ended within the period. */
  states: z.strictObject({
    assigned: count,
    handling: count,
    waiting: count,
    answered: count,
    closed: count,
    declined: count,
    withdrawn: count,
  }),
  submitted: count,
  /** Open and with nobody yet. */
  unassigned: count,
  /** Open, and kept back by the content check. */
  held: count,
  openRectifications: count,
  rejectionsThisYear: count,
  /** Of the cases that ended within the period. */
  ratings: z.array(z.strictObject({ score: z.int(), name: z.string(), value: z.int(), filter: listFilter })),
  visitsThisWeek: z.strictObject({
    from: date,
    to: date,
    offered: count,
    consented: count,
    held: count,
    declined: count,
  }),
}

const asked = { period, countedAt: instant }

export const boardContract = {
  'board.overview': query({
    summary: '看板：总览（默认最近30天）',
    input: z.strictObject({ ...periodInput, unitId: line(36).optional() }),
    output: z.strictObject({ ...asked, ...figures }),
    example: {},
  }),
  'board.units': query({
    summary: '看板：按单位',
    input: z.strictObject(periodInput),
    output: z.strictObject({ ...asked, items: z.array(z.strictObject({ unit: unitName, ...figures })) }),
    example: {},
  }),
  'board.officers': query({
    summary: '看板：按承办人',
    input: z.strictObject({ ...periodInput, unitId: line(36).optional() }),
    output: z.strictObject({
      ...asked,
      items: z.array(
        z.strictObject({
          officer: z.strictObject({ postId: id, name: z.string() }),
          unit: unitName,
          open: count,
          ...workload,
        }),
      ),
    }),
    example: { unitId: 'tiexi' },
  }),
  'board.trend': query({
    summary: '看板：趋势（按日、周、月）',
    input: z.strictObject({
      ...periodInput,
      unitId: line(36).optional(),
      by: z.enum(['day', 'week', 'month']).default('day'),
    }),
    output: z.strictObject({
      ...asked,
      items: z.array(
        z.strictObject({
          from: date,
          to: date,
          submitted: count,
          answered: count,
          closed: count,
          averageWorkdays: ratio,
          /** At the end of the last day. Only today's can be listed. */
          overdue: z.strictObject({ value: z.int(), filter: listFilter.nullable() }),
        }),
      ),
    }),
    example: { by: 'week' },
  }),
}
