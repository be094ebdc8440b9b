/** How many cases and rectifications a post has in hand, each number that of the list which opens behind it. */
import type { EntityManager } from 'typeorm'
import { dateOf } from '../calendar/dates.js'
import type { Output } from '../contract.js'
import { conditionsOf, grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { reachOf } from './list.js'
import { rectificationScopes } from './rectificationTarget.js'
import type { CaseState } from './states.js'

type Counts = Output<'case.counts'>
/** Cases of one state that are due on one day: a person's have few such kinds. */
interface Kind {
  state: CaseState
  dueOn: string
  count: number
}

export async function countCases(db: EntityManager, actor: Actor, now: Date): Promise<Counts> {
  const today = dateOf(now)
  const [todo, assisting] = [await kindsOf(db, actor, 'todo'), await kindsOf(db, actor, 'assisting')]
  const sum = (kinds: Kind[], isMeant: (kind: Kind) => boolean = () => true) =>
    kinds.filter(isMeant).reduce((total, { count }) => total + count, 0)
  const isOwed = ({ state }: Kind) => state === 'assigned' || state === 'handling'
  return {
    todo: sum(todo),
    overdue: sum(todo, (kind) => isOwed(kind) && kind.dueOn < today),
    today: sum(todo, (kind) => isOwed(kind) && kind.dueOn === today),
    assigned: sum(todo, ({ state }) => state === 'assigned'),
    waiting: sum(todo, ({ state }) => state === 'waiting'),
    assisting: sum(assisting),
    rectifications: await countRectifications(db, actor),
  }
}

async function kindsOf(db: EntityManager, actor: Actor, scope: 'todo' | 'assisting'): Promise<Kind[]> {
  const reach = reachOf(actor, grantsOf(actor, 'case.list'), { scope })
  if (reach.length === 0) return []
  const found = reach.map(({ sql }) => `SELECT c.id, c.state, c.dueOn FROM help_case c WHERE ${sql}`).join(' UNION ')
  const rows = (await db.query(
    `SELECT f.state, f.dueOn, COUNT(*) AS count FROM (${found}) f GROUP BY f.state, f.dueOn`,
    reach.flatMap(({ params }) => params),
  )) as (Omit<Kind, 'count'> & { count: number | string })[]
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** What is not over yet. */
async function countRectifications(db: EntityManager, actor: Actor): Promise<number> {
  const reach = conditionsOf(grantsOf(actor, 'rectification.list'), rectificationScopes)
  if (reach.length === 0) return 0
  const [row] = (await db.query(
    `SELECT COUNT(*) AS count FROM rectification r
     WHERE r.state IN ('assigned', 'verified', 'resolved') AND (${reach.map(({ sql }) => `(${sql})`).join(' OR ')})`,
    reach.flatMap(({ params }) => params),
  )) as { count: number | string }[]
  return Number(row?.count ?? 0)
}
