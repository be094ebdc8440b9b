/** The list of rewards, newest first, by what is asked for. */
import { In } from 'typeorm'
import type { EntityManager } from 'typeorm'
import type { Input, Output } from '../contract.js'
import { startsWith } from '../database/startsWith.js'
import type { Knowledge } from '../house.js'
import { pageFrom, readCursor, writeCursor } from '../http/cursor.js'
import { among, type Condition } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { rewardSeen, rewardsSeen } from './asOthersSee.js'
import { notAbout } from './matter.js'
import { Reward } from './reward.js'
import { unseenBy } from './unseen.js'
import { rewardItems } from './view.js'

interface Asked {
  db: EntityManager
  know: Knowledge
  actor: Actor
  input: Input<'reward.list'>
  now: Date
}

export async function listRewards({ db, know, actor, input, now }: Asked): Promise<Output<'reward.list'>> {
  const after = readCursor(know.keyring, 'reward.list', input)
  const unseen = await unseenBy(db, actor, now)
  const table = rewardsSeen(unseen)
  const given = [
    notAbout(actor.enterpriseIds),
    ...filterOf(input, actor),
    ...(after ? [{ sql: 'r.id < ?', params: [after[1]] }] : []),
  ]
  const found = (await db.query(
    `SELECT r.id FROM ${table.sql} r JOIN tip t ON t.id = r.tipId
     WHERE ${given.map(({ sql }) => sql).join(' AND ')} ORDER BY r.id DESC LIMIT ${input.limit + 1}`,
    [table, ...given].flatMap(({ params }) => params),
  )) as { id: string }[]
  const whole = await db.find(Reward, { where: { id: In(found.map(({ id }) => id)) }, order: { id: 'DESC' } })
  const rows = whole.map((reward) => rewardSeen(unseen, reward))
  return pageFrom(rows, input.limit, await rewardItems(db, rows), (last) =>
    writeCursor(know.keyring, 'reward.list', input, ['', last.id]),
  )
}

function filterOf({ states, level, awaitsMe, hasTrouble, from, to, q }: Input<'reward.list'>, actor: Actor) {
  const mine = awaitsMe === undefined ? undefined : awaiting(actor)
  const given: (Condition | undefined)[] = [
    states && among('r.state', states),
    level && { sql: 'r.level = ?', params: [level] },
    mine && { sql: `${awaitsMe ? '' : 'NOT '}(${mine.sql})`, params: mine.params },
    hasTrouble === undefined ? undefined : { sql: `r.trouble IS ${hasTrouble ? 'NOT ' : ''}NULL`, params: [] },
    from === undefined ? undefined : { sql: 'r.proposedOn >= ?', params: [from] },
    to === undefined ? undefined : { sql: 'r.proposedOn <= ?', params: [to] },
    q === undefined ? undefined : either(startsWith('t.number', q.toUpperCase()), startsWith('t.firmName', q)),
  ]
  return given.filter((one) => one !== undefined)
}

const either = (one: Condition, other: Condition): Condition => ({
  sql: `(${one.sql} OR ${other.sql})`,
  params: [...one.params, ...other.params],
})

/** What waits for the reader's own word, by their posts; what they themselves had a hand in before does not. */
function awaiting({ personId, holdings }: Actor): Condition {
  const roles = new Set(holdings.map(({ role }) => role))
  const parts: Condition[] = []
  if (roles.has('rewardApprover')) {
    // Approvals are JSON with the person's id in it.
    const others = ['r.proposedByPersonId', 't.verifiedBy', 't.concludedBy'].map(
      (column) => `(${column} IS NULL OR ${column} <> ?)`,
    )
    parts.push({
      sql: `r.state IN ('proposed', 'approvedOnce') AND r.approvals NOT LIKE ? AND ${others.join(' AND ')}`,
      params: [`%${personId}%`, ...others.map(() => personId)],
    })
    parts.push({
      sql: `r.state = 'bank' AND r.bankVoucher IS NOT NULL AND (r.bankPaid IS NULL OR r.bankPaid NOT LIKE ?)`,
      params: [`%${personId}%`],
    })
  }
  if (roles.has('rewardHandler')) {
    parts.push({ sql: `r.state = 'bank' AND r.bankVoucher IS NULL`, params: [] })
    parts.push({ sql: `r.state = 'paying' AND r.trouble IS NOT NULL`, params: [] })
  }
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(' OR ') || '1 = 0',
    params: parts.flatMap(({ params }) => params),
  }
}
