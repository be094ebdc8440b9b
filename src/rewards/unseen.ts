/**
 * What of rewards, transfers and books nobody but the handlers sees yet: what an informer did, and what followed from it by
 * WeChat at once, is there for them from the next day on, since only the day of it is kept, and who looks each minute would
 * know the minute. What staff did shows at once, with all that led to it. The trail says what was before.
 */
import { type EntityManager, type FindOptionsWhere, In, IsNull } from 'typeorm'
import { AuditEntry } from '../audit/auditEntry.js'
import type { Tracked, TrackedClass } from '../audit/tracked.js'
import { type Changes, partsOf } from '../audit/trail.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import type { Actor } from '../people/actor.js'
import { MoneyEntry } from './books/moneyEntry.js'
import { Payout } from './payout/payout.js'
import { isFinal } from './payout/payoutStates.js'
import { Reward } from './reward.js'

/** What stood in a row before. */
export type Before<T> = Partial<T>

export interface Unseen {
  /** By the reward's id, as are the transfers. */
  rewards: ReadonlyMap<string, Before<Reward>>
  /** Null: for others there is none yet. */
  payouts: ReadonlyMap<string, Before<Payout> | null>
  moneyIds: readonly string[]
  /** Of the timelines. */
  lineIds: ReadonlySet<string>
  /** Of the trail. */
  entryIds: readonly string[]
}

/** Whether there is such a subject of the trail for them. */
export const isThere = ({ payouts, moneyIds }: Unseen, kind: string, id: string): boolean =>
  kind === Payout.trail.kind ? payouts.get(id) !== null : kind !== MoneyEntry.trail.kind || !moneyIds.includes(id)

const nothing: Unseen = { rewards: new Map(), payouts: new Map(), moneyIds: [], lineIds: new Set(), entryIds: [] }

type Reader = Pick<Actor, 'holdings'>
export const others: Reader = { holdings: [] }

export const seesAtOnce = ({ holdings }: Reader): boolean => holdings.some(({ role }) => role === 'rewardHandler')

export async function unseenBy(db: EntityManager, reader: Reader, now: Date): Promise<Unseen> {
  if (seesAtOnce(reader)) return nothing
  // Whatever is done discreetly has the beginning of its day, and nobody's name.
  const entries = await db.find(AuditEntry, {
    where: {
      at: instantAt(dateOf(now)),
      subjectKind: In([Reward, Payout, MoneyEntry].map(({ trail }) => trail.kind)),
      actorId: IsNull(),
      postId: IsNull(),
    },
    order: { seq: 'DESC' },
  })
  if (entries.length === 0) return nothing
  const rewards = await runsOf(db, Reward, entries)
  const endsUnseen = new Set([...rewards].filter(([, { changes }]) => changes.some(leavesPaying)).map(([id]) => id))
  // How it ended they know where staff have gone on with the reward since.
  const payouts = [...(await runsOf(db, Payout, entries))].filter(
    ([id, { row }]) => !isFinal(row.state) || endsUnseen.has(id),
  )
  const money = await runsOf(db, MoneyEntry, entries)
  const runs = [...rewards.values(), ...payouts.map(([, run]) => run), ...money.values()]
  return {
    rewards: new Map([...rewards].map(([id, run]) => [id, before(run)])),
    payouts: new Map(payouts.map(([id, run]) => [id, run.row.version === run.changes.length ? null : before(run)])),
    moneyIds: [...money.keys()],
    lineIds: new Set(
      [...rewards.values()].flatMap(({ changes }) =>
        changes.flatMap(({ entry }) => (entry ? partsOf(entry[1]).map(({ id }) => id) : [])),
      ),
    ),
    entryIds: runs.flatMap((run) => run.entryIds),
  }
}

/** The last entries of a chain, newest first, where nothing that shows came after them. */
interface Run<T> {
  row: T
  entryIds: string[]
  changes: Changes[]
}

async function runsOf<T extends Tracked>(
  db: EntityManager,
  entity: TrackedClass<T>,
  entries: readonly AuditEntry[],
): Promise<Map<string, Run<T>>> {
  const own = entries.filter(({ subjectKind }) => subjectKind === entity.trail.kind)
  const ids = [...new Set(own.map(({ subjectId }) => subjectId))]
  const rows = ids.length === 0 ? [] : await db.find(entity, { where: { id: In(ids) } as FindOptionsWhere<T> })
  const runs = new Map<string, Run<T>>()
  for (const row of rows) {
    const last = own
      .filter(({ subjectId }) => subjectId === row.id)
      .filter(({ seq }, index) => seq === row.version - index)
    if (last.length === 0) continue
    const changes = last.map((entry) => JSON.parse(entry.changes) as Changes)
    runs.set(row.id, { row, entryIds: last.map(({ id }) => id), changes })
  }
  return runs
}

const leavesPaying = ({ state }: Changes) => state?.[0] === 'paying' && state[1] !== 'paying'

function before<T extends Tracked>({ row, changes }: Run<T>): Before<T> {
  const fields = changes.flatMap((one) => Object.entries(one)).filter(([field]) => Object.hasOwn(row, field))
  // The oldest comes last, and has the last word.
  const values = Object.fromEntries(fields.map(([field, [value]]) => [field, asHeld(field, value)]))
  return { ...values, version: row.version - changes.length } as Before<T>
}

/** The trail writes instants as text. */
const asHeld = (field: string, value: unknown) =>
  field.endsWith('At') && typeof value === 'string' ? new Date(value) : value
