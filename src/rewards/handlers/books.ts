/** The ledger of money: its lines, and its sums. */
import { And, type FindOperator, In, LessThan, LessThanOrEqual, MoreThanOrEqual, Not } from 'typeorm'
import { toWireInstant } from '../../calendar/dates.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { among } from '../../http/scopes.js'
import { serve } from '../../http/serve.js'
import { MoneyEntry } from '../books/moneyEntry.js'
import { unseenBy } from '../unseen.js'
import { rewardsAbout } from '../matter.js'
import { Reward } from '../reward.js'
import { numbersOf } from '../view.js'

export const moneyVerbs = {
  'money.list': serve('money.list', {
    isOfOneMoment: true,
    async handle({ db, know, actor, input, now }) {
      const after = readCursor(know.keyring, 'money.list', input)
      const days = between(input.from, input.to)
      const ofOwn = await rewardsAbout(db, actor.enterpriseIds)
      const { moneyIds } = await unseenBy(db, actor, now)
      const order = [...(after ? [LessThan(after[1])] : []), ...(moneyIds.length === 0 ? [] : [Not(In([...moneyIds]))])]
      const rows = await db.find(MoneyEntry, {
        where: {
          ...(days ? { onDay: days } : {}),
          ...(input.kind === undefined ? {} : { kind: input.kind }),
          ...(ofOwn.length === 0 ? {} : { rewardId: Not(In(ofOwn)) }),
          ...(order.length === 0 ? {} : { id: And(...order) }),
        },
        order: { id: 'DESC' },
        take: input.limit + 1,
      })
      const rewards = await db.findBy(Reward, { id: In(rows.map(({ rewardId }) => rewardId)) })
      const numbers = await numbersOf(db, rewards)
      const items = rows.map(({ id, onDay, at, kind, amountFen, channel, reference, rewardId }) => ({
        id,
        on: onDay,
        at: toWireInstant(at),
        kind,
        amountFen,
        channel,
        reference,
        rewardId,
        tipNumber: numbers.get(rewardId) ?? '',
      }))
      return pageFrom(rows, input.limit, items, (last) => writeCursor(know.keyring, 'money.list', input, ['', last.id]))
    },
  }),
  'money.totals': serve('money.totals', {
    isOfOneMoment: true,
    async handle({ db, actor, input, now }) {
      const { year } = input
      const ofOwn = among('m.rewardId', await rewardsAbout(db, actor.enterpriseIds))
      const unseen = among('m.id', (await unseenBy(db, actor, now)).moneyIds)
      const [sql, params] =
        year === undefined ? ['1 = 1', []] : ['m.onDay >= ? AND m.onDay <= ?', [`${year}-01-01`, `${year}-12-31`]]
      const rows = (await db.query(
        `SELECT m.kind, SUM(m.amountFen) AS fen, COUNT(DISTINCT m.rewardId) AS n FROM money_entry m
         WHERE ${sql} AND NOT (${ofOwn.sql}) AND NOT (${unseen.sql}) GROUP BY m.kind`,
        [...params, ...ofOwn.params, ...unseen.params],
      )) as { kind: MoneyEntry['kind']; fen: number | string; n: number | string }[]
      const fen = (kind: MoneyEntry['kind']) => Number(rows.find((row) => row.kind === kind)?.fen ?? 0)
      const count = (kind: MoneyEntry['kind']) => Number(rows.find((row) => row.kind === kind)?.n ?? 0)
      const [reservedFen, paidFen, releasedFen] = [fen('reserved'), fen('paid'), fen('released')]
      return {
        reservedFen,
        paidFen,
        releasedFen,
        openFen: reservedFen - paidFen - releasedFen,
        rewards: count('reserved'),
        paid: count('paid'),
      }
    },
  }),
}

function between(from: string | undefined, to: string | undefined): FindOperator<string> | undefined {
  const bounds = [from && MoreThanOrEqual(from), to && LessThanOrEqual(to)].filter((one) => typeof one === 'object')
  const [first, second] = bounds
  return first && second ? And(first, second) : first
}
