/** Writes the ledger of money: reserved at approval, then released or paid; what the bank sent back is paid anew. */
import type { EntityManager } from 'typeorm'
import { create } from '../../audit/trail.js'
import { randomInt } from 'node:crypto'
import { dateOf, instantAt } from '../../calendar/dates.js'
import { idAt } from '../../database/idAt.js'
import { scatter } from '../../database/scatter.js'
import { MoneyEntry } from './moneyEntry.js'
import type { Reward } from '../reward.js'

type Line = Pick<MoneyEntry, 'kind' | 'amountFen' | 'channel' | 'reference'> & { onDay?: string }
/** An informer's doing, or WeChat's answer to it: in the books only the day. */
type Discreet = Line & { isDiscreet?: boolean }
const DAY_MS = 86_400_000
const nothing = { channel: null, reference: null }

export const reserve = (db: EntityManager, reward: Reward, now: Date) =>
  append(db, reward, now, { kind: 'reserved', amountFen: reward.amountFen, ...nothing })

export const release = (db: EntityManager, reward: Reward, now: Date) =>
  append(db, reward, now, { kind: 'released', amountFen: reward.amountFen, ...nothing, isDiscreet: true })

export const bookPaid = (
  db: EntityManager,
  reward: Reward,
  now: Date,
  paid: Pick<MoneyEntry, 'channel' | 'reference'> & { onDay?: string },
) =>
  append(db, reward, now, { kind: 'paid', amountFen: reward.amountFen, ...paid, isDiscreet: paid.channel === 'wechat' })

export const bookReturned = (db: EntityManager, reward: Reward, now: Date, reference: string | null) =>
  append(db, reward, now, { kind: 'paid', amountFen: -reward.amountFen, channel: 'bank', reference })

/**
 * The reward's row is locked by its caller; should two write all the same, the second meets the number taken.
 * @throws Error where the books would say something impossible
 */
async function append(
  db: EntityManager,
  reward: Reward,
  now: Date,
  { isDiscreet = false, ...line }: Discreet,
): Promise<void> {
  const before = await db.findBy(MoneyEntry, { rewardId: reward.id })
  const after = [...before, line]
  const sum = (kind: MoneyEntry['kind']) =>
    after.filter((one) => one.kind === kind).reduce((total, one) => total + one.amountFen, 0)
  const isSound =
    sum('reserved') === reward.amountFen &&
    sum('released') + sum('paid') <= reward.amountFen &&
    sum('paid') >= 0 &&
    sum('released') >= 0
  if (!isSound) throw new Error(`the books of reward ${reward.id} would not add up`)
  const { onDay = dateOf(now), ...rest } = line
  const day = instantAt(dateOf(now))
  // Its place within the day is drawn.
  const id = idAt(isDiscreet ? new Date(day.getTime() + randomInt(DAY_MS)) : now)
  const at = isDiscreet ? day : now
  await create(db, MoneyEntry, { id, rewardId: reward.id, seq: after.length, ...rest, onDay, at })
  if (isDiscreet) await scatter(db, MoneyEntry, 'id', id)
}
