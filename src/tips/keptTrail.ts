/**
 * What trail and jobs keep from their reader. Of tips, and of what hangs on them, only those read who may read tips;
 * nobody reads of one that is not released, nor on the day itself what an informer did with a reward; and who belongs to
 * the firm it is about reads nothing of it at all.
 */
import { type EntityManager, In, IsNull, Not } from 'typeorm'
import { subjects } from '../audit/subjects.js'
import type { Actor, Grant } from '../people/actor.js'
import { type Unseen, unseenBy } from '../rewards/unseen.js'
import { MoneyEntry } from '../rewards/books/moneyEntry.js'
import { ReconciliationLine } from '../rewards/reconciliation/reconciliation.js'
import { Reward } from '../rewards/reward.js'
import { aboutFirms } from './target.js'
import { Tip } from './tip.js'

const KINDS = /^(tip|reward|payout|money|reconciliation)/

interface Reader {
  grants: readonly Pick<Grant, 'role' | 'enterpriseIds'>[]
  actor: Pick<Actor, 'holdings'>
  now: Date
}

/** Whether entries or jobs of that kind are kept from whoever holds the grants. */
export const isKeptKind = (kind: string, grants: readonly Pick<Grant, 'role'>[]): boolean =>
  KINDS.test(kind) && !grants.some(({ role }) => role === 'supervisor')

export interface Kept {
  kinds: readonly string[]
  /** Subjects of the other kinds. */
  ids: readonly string[]
  /** Of rewards. */
  unseen: Unseen
}

/** To be left out of what is asked, not of the answer: pages cut short would count what they leave out. */
export async function keptFromTrail(db: EntityManager, { grants, actor, now }: Reader): Promise<Kept> {
  const kinds = [...subjects().keys()].filter((kind) => isKeptKind(kind, grants))
  const coming = await db.find(Tip, { select: { id: true }, where: { releaseAt: Not(IsNull()) } })
  const own = [...new Set(grants.flatMap(({ enterpriseIds }) => enterpriseIds))]
  const ids = [...coming.map(({ id }) => id), ...(own.length === 0 ? [] : await ofTipsAbout(db, own))]
  return { kinds, ids, unseen: await unseenBy(db, actor, now) }
}

/** The tips about these firms, with their rewards and what stands in the books for those. */
async function ofTipsAbout(db: EntityManager, enterpriseIds: readonly string[]): Promise<string[]> {
  const about = aboutFirms(enterpriseIds)
  const tips = (await db.query(`SELECT t.id FROM tip t WHERE ${about.sql}`, about.params)) as { id: string }[]
  const tipIds = tips.map(({ id }) => id)
  // A transfer has its reward's id.
  const rewards = await db.find(Reward, { select: { id: true }, where: { tipId: In(tipIds) } })
  const rewardId = In(rewards.map(({ id }) => id))
  const money = await db.find(MoneyEntry, { select: { id: true }, where: { rewardId } })
  const lines = await db.find(ReconciliationLine, { select: { id: true }, where: { rewardId } })
  return [...tipIds, ...[...rewards, ...money, ...lines].map(({ id }) => id)]
}
