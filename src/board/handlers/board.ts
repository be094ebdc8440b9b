/** The board's four views: everything, by unit, by officer, and over time. */
import type { EntityManager } from 'typeorm'
import { addDays, dateOf, toWireInstant } from '../../calendar/dates.js'
import { openStates } from '../../cases/states.js'
import type { Output } from '../../contract.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { byId, unitView } from '../../people/view.js'
import { breathe } from '../breathe.js'
import { type Counts, counts, noCounts } from '../dayCounts.js'
import { average, caseFigures, casesListed, workload } from '../figures.js'
import { addOpen, answeredByUnit, openRows, overdueDates } from '../open.js'
import { type Period, periodOf, weekOf } from '../period.js'
import { type Reach, reachOf } from '../reach.js'
import { readRegisters, registerFigures } from '../registers.js'
import { lateBetween, sumAll, sumDays } from '../sums.js'

export const boardHandlers = {
  'board.overview': serve('board.overview', {
    async handle({ db, grants, input, now, know }) {
      const today = dateOf(now)
      const period = periodOf(input, today)
      const reach = reachOf(grants, input.unitId)
      const open = addOpen(await openRows(db, know, reach, today))
      await breathe()
      const answered = [...(await answeredByUnit(db, reach)).values()].reduce((a, b) => a + b, 0)
      await breathe()
      const ended = await sumAll(db, reach, period)
      const registers = await readRegisters(db, reach, today)
      return {
        period,
        countedAt: toWireInstant(now),
        ...caseFigures(reach.listed, period, open, answered, ended),
        ...registerFigures(registers, reach.listed.unitId ?? null),
      }
    },
  }),
  'board.units': serve('board.units', {
    async handle({ db, grants, input, now, know }) {
      const today = dateOf(now)
      const period = periodOf(input, today)
      const reach = reachOf(grants)
      const open = await openRows(db, know, reach, today)
      await breathe()
      const answered = await answeredByUnit(db, reach)
      await breathe()
      const ended = new Map((await sumDays(db, reach, period, ['unitId'])).map((sum) => [sum.unitId, sum]))
      const registers = await readRegisters(db, reach, today)
      const units = await unitsOf(db, reach)
      return {
        period,
        countedAt: toWireInstant(now),
        items: units.map((unit) => {
          const listed = { ...reach.listed, unitId: unit.id }
          const ofUnit = addOpen(open.filter((row) => row.unitId === unit.id))
          return {
            unit: unitView(unit, unit.id),
            ...caseFigures(listed, period, ofUnit, answered.get(unit.id) ?? 0, ended.get(unit.id) ?? noCounts()),
            ...registerFigures(registers, unit.id),
          }
        }),
      }
    },
  }),
  'board.officers': serve('board.officers', {
    async handle({ db, grants, input, now, know }) {
      const today = dateOf(now)
      const period = periodOf(input, today)
      const reach = reachOf(grants, input.unitId)
      const open = await openRows(db, know, reach, today)
      await breathe()
      const ended = await sumDays(db, reach, period, ['unitId', 'officerPostId'])
      const pairs = new Map<string, { unitId: string; postId: string }>()
      for (const { unitId, officerPostId: postId } of [...open, ...ended]) {
        if (postId !== '') pairs.set(`${unitId} ${postId}`, { unitId, postId })
      }
      for (const { id: postId, unitId } of await officersOf(db, reach))
        pairs.set(`${unitId} ${postId}`, { unitId, postId })
      const posts = await byId(
        db,
        Post,
        [...pairs.values()].map(({ postId }) => postId),
      )
      const units = await byId(
        db,
        Unit,
        [...pairs.values()].map(({ unitId }) => unitId),
      )
      const items = [...pairs.values()].map(({ unitId, postId }): Output<'board.officers'>['items'][number] => {
        const listed = { ...reach.listed, unitId, officerId: postId }
        const isTheirs = (row: { unitId: string; officerPostId: string }) =>
          row.unitId === unitId && row.officerPostId === postId
        const hand = addOpen(open.filter(isTheirs))
        return {
          officer: { postId, name: posts.get(postId)?.name ?? '' },
          unit: unitView(units.get(unitId), unitId),
          open: {
            value: hand.assigned + hand.handling + hand.waiting,
            filter: casesListed(listed, { states: openStates }),
          },
          ...workload(listed, period, hand, ended.find(isTheirs) ?? noCounts()),
        }
      })
      // What is late comes first: this list is for lending a hand, not for praise.
      items.sort(
        (a, b) =>
          b.overdue.value - a.overdue.value ||
          b.dueSoon.value - a.dueSoon.value ||
          b.open.value - a.open.value ||
          (a.officer.postId < b.officer.postId ? -1 : 1),
      )
      return { period, countedAt: toWireInstant(now), items }
    },
  }),
  'board.trend': serve('board.trend', {
    async handle({ db, grants, input, now }) {
      const today = dateOf(now)
      const period = periodOf(input, today)
      const reach = reachOf(grants, input.unitId)
      const buckets = bucketsOf(period, input.by)
      const days = await sumDays(db, reach, period, ['day'])
      const late = [...(await lateBetween(db, reach, period, today)), ...(await overdueNow(db, reach, today))]
      const sums = buckets.map(noCounts)
      for (const sum of days) addTo(sums[buckets.findIndex(({ to }) => sum.day <= to)], sum)
      return {
        period,
        countedAt: toWireInstant(now),
        items: buckets.map(({ from, to }, at) => {
          const sum = sums[at] ?? noCounts()
          const answered = casesListed(reach.listed, { answeredFrom: from, answeredTo: to })
          const closed = { states: ['closed'], closedFrom: from, closedTo: to }
          return {
            from,
            to,
            submitted: { value: sum.submitted, filter: casesListed(reach.listed, { from, to }) },
            answered: { value: sum.answered, filter: answered },
            closed: { value: sum.closed, filter: casesListed(reach.listed, closed) },
            averageWorkdays: { value: average(sum.usedWorkdays, sum.answered), of: sum.answered, filter: answered },
            overdue: {
              value: late.reduce((n, { day, dueOn, cases }) => (dueOn < to && day > to ? n + cases : n), 0),
              filter: to === today ? casesListed(reach.listed, { due: 'overdue' }) : null,
            },
          }
        }),
      }
    },
  }),
}

/** Branches and offices that the actor sees, in the order of the roster of units. */
async function unitsOf(db: EntityManager, reach: Reach): Promise<Unit[]> {
  const units = await db.find(Unit, { order: { kind: 'ASC', id: 'ASC' } })
  return units.filter(({ id, kind }) => kind !== 'group' && (reach.unitIds === null || reach.unitIds.includes(id)))
}

async function officersOf(db: EntityManager, reach: Reach): Promise<Post[]> {
  const posts = await db.findBy(Post, { role: 'officer', isActive: true })
  return posts.filter(({ unitId }) => reach.unitIds === null || reach.unitIds.includes(unitId))
}

/** What is overdue now ends, as far as anybody knows, tomorrow at the earliest. */
async function overdueNow(db: EntityManager, reach: Reach, today: string) {
  return (await overdueDates(db, reach, today)).map((row) => ({ ...row, day: addDays(today, 1) }))
}

const ends = {
  day: (day: string) => day,
  week: (day: string) => weekOf(day).to,
  month: (day: string) => addDays(`${nextMonth(day)}-01`, -1),
}

const nextMonth = (day: string) => addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)

/** The period cut at the ends of days, weeks or months; the first and the last may be shorter. */
function bucketsOf({ from, to }: Period, by: keyof typeof ends): Period[] {
  const buckets: Period[] = []
  for (let first = from; first <= to; ) {
    const end = ends[by](first)
    const last = end < to ? end : to
    buckets.push({ from: first, to: last })
    first = addDays(last, 1)
  }
  return buckets
}

function addTo(sum: Counts | undefined, more: Counts): void {
  if (sum) for (const count of counts) sum[count] += more[count]
}
