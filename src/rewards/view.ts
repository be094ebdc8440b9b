/** What leaves the server about rewards to staff: never to whom they go. */
import { type EntityManager, In } from 'typeorm'
import { dateOf, toWireInstant } from '../calendar/dates.js'
import type { Output, Verb } from '../contract.js'
import { possible } from '../http/can.js'
import { grantsOf } from '../http/scopes.js'
import type { Actor } from '../people/actor.js'
import { Post } from '../people/post.js'
import { byId } from '../people/view.js'
import { unseenBy } from './unseen.js'
import { type Matter, mattersOf } from './matter.js'
import type { Payout } from './payout/payout.js'
import { personalObstacle } from './recognition/secondPerson.js'
import { type Reward, RewardEntry } from './reward.js'
import { type RewardRow, rewardTarget, rowSeen } from './target.js'
import { troubleWords } from './payout/troubles.js'

type Item = Output<'reward.list'>['items'][number]

const acts: readonly Verb[] = [
  'reward.approve',
  'reward.reject',
  'reward.withdraw',
  'reward.payBank',
  'reward.confirmBank',
  'reward.returnBank',
  'reward.cancelPayout',
]

const itemOf = (reward: Reward, matter: Matter | undefined): Item => ({
  id: reward.id,
  tip: { id: reward.tipId, number: matter?.number ?? '', firmName: matter?.firmName ?? '' },
  state: reward.state,
  level: reward.level,
  amountFen: reward.amountFen,
  channel: reward.channel,
  proposedOn: reward.proposedOn,
  claimBy: reward.state === 'approved' ? reward.claimBy : null,
  paidOn: reward.paidOn,
  trouble: troubleWords(reward.trouble, 'staff'),
  version: reward.version,
})

export async function rewardItems(db: EntityManager, rewards: readonly Reward[]): Promise<Item[]> {
  const matters = await mattersOf(
    db,
    rewards.map(({ tipId }) => tipId),
  )
  return rewards.map((reward) => itemOf(reward, matters.get(reward.tipId)))
}

interface Reader {
  db: EntityManager
  actor: Actor
  now: Date
}

export async function rewardView({ db, actor, now }: Reader, whole: RewardRow): Promise<Output<'reward.read'>> {
  const unseen = await unseenBy(db, actor, now)
  const row = rowSeen(unseen, whole)
  const { reward, payout } = row
  const matter = (await mattersOf(db, [reward.tipId])).get(reward.tipId)
  const lines = await db.find(RewardEntry, { where: { rewardId: reward.id }, order: { id: 'ASC' } })
  const entries = lines.filter(({ id }) => !unseen.lineIds.has(id))
  const { bankPaid, bankConfirmed, approvals } = reward
  const posts = await byId(db, Post, [
    reward.proposedByPostId,
    ...entries.map(({ postId }) => postId),
    ...approvals.map(({ postId }) => postId),
    bankPaid?.postId,
    bankConfirmed?.postId,
  ])
  const nameOf = (postId: string | null | undefined) => posts.get(postId ?? '')?.name ?? ''
  const saidIn = (entryId: string) => entries.find(({ id }) => id === entryId)?.text ?? null
  return {
    ...itemOf(reward, matter),
    reason: reward.reason,
    facts: matter?.facts ?? null,
    decision: matter?.decision ?? null,
    handler: nameOf(reward.proposedByPostId),
    approvals: approvals.map(({ postId, at, entryId }) => ({
      by: nameOf(postId),
      at: toWireInstant(new Date(at)),
      text: saidIn(entryId),
    })),
    rejectedReason: entries.findLast(({ verb }) => verb === 'reward.reject')?.text ?? null,
    payout: payout && payoutView(payout),
    bank:
      reward.channel === 'bank'
        ? {
            paidOn: reward.bankPaidOn,
            voucher: reward.bankVoucher,
            by: bankPaid && nameOf(bankPaid.postId),
            confirmedBy: bankConfirmed && nameOf(bankConfirmed.postId),
          }
        : null,
    timeline: entries.map(({ id, verb, at, postId, text }) => ({
      id,
      verb,
      at: toWireInstant(at),
      by: postId === null ? byItself(verb) : nameOf(postId),
      text,
    })),
    can: await ofThisPerson(db, actor, reward, matter, possible(actor, rewardTarget, row, acts)),
  }
}

async function ofThisPerson(
  db: EntityManager,
  actor: Actor,
  reward: Reward,
  matter: Matter | undefined,
  verbs: readonly Verb[],
): Promise<Verb[]> {
  const barred = await Promise.all(
    verbs.map((verb) => personalObstacle(db, grantsOf(actor, verb), verb, reward, matter)),
  )
  return verbs.filter((_, at) => barred[at] === undefined)
}

const byInformer: readonly string[] = ['reward.claim', 'reward.decline']
const byItself = (verb: string) => (byInformer.includes(verb) ? '领取人' : '系统')

const payoutView = ({ outBillNo, transferBillNo, state, sentOn, lookedAt, failReason }: Payout) => ({
  outBillNo,
  transferBillNo,
  state,
  sentOn,
  lookedOn: lookedAt && dateOf(lookedAt),
  failReason: troubleWords(failReason, 'staff'),
})

/** Numbers of the tips of these rewards. */
export async function numbersOf(db: EntityManager, rewards: readonly Reward[]): Promise<Map<string, string>> {
  const matters = await mattersOf(
    db,
    rewards.map(({ tipId }) => tipId),
  )
  return new Map(rewards.map(({ id, tipId }) => [id, matters.get(tipId)?.number ?? '']))
}

export const rewardsOf = (db: EntityManager, Entity: new () => Reward, ids: readonly string[]): Promise<Reward[]> =>
  ids.length === 0 ? Promise.resolve([]) : db.find(Entity, { where: { id: In([...new Set(ids)]) } })
