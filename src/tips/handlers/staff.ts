/** What the enforcement team does with a tip. */
import { dateOf } from '../../calendar/dates.js'
import type { EntityManager } from 'typeorm'
import { attachFiles } from '../../files/attach.js'
import type { Call } from '../../http/serve.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { invalid } from '../../problem.js'
import { askBranch } from '../checks.js'
import { move } from '../move.js'
import { enforcersFor } from '../routing.js'
import type { TipStep } from '../states.js'
import { accept, conclude, markPriority, refuse, type Taken, transfer, verify } from '../steps.js'
import { type TipRow, tipTarget } from '../target.js'
import { Tip } from '../tip.js'
import { tipView } from '../view.js'
import { unnamed } from '../withoutInformer.js'
import type { Knowledge } from '../../house.js'
import { TIP_FILES_MAX } from './informer.js'

/** Of the bureau's own evidence as well. */
const FILES_MAX = TIP_FILES_MAX * 2

type Staff = Pick<Call<TipStep & 'tip.accept', TipRow>, 'db' | 'actor' | 'grants' | 'target' | 'now' | 'know'>

const takenOf = ({ db, know, actor, grants, target, now }: Staff): Taken => ({
  db,
  know,
  target,
  now,
  postId: postOf(grants),
  personId: actor.personId,
})
const stepOf = (call: Staff, step: TipStep) => ({ ...takenOf(call), step })

function postOf(grants: Staff['grants']): string {
  const postId = grants[0]?.postId
  if (!postId) throw new Error('only staff take steps on a tip')
  return postId
}

/** Whoever has looked who informed, in another post, names nobody here. */
const nameless = (
  { db, know, actor, target }: Pick<Staff, 'db' | 'actor' | 'target'> & { know: Knowledge },
  text: string,
) => unnamed(db, know, target.id, actor.personId, text)

async function attach({ db, actor, target }: Staff, entryId: string, fileIds: readonly string[]): Promise<void> {
  const owner = { ownerKind: 'tip' as const, ownerId: target.id, entryId }
  await attachFiles(db, { fileIds, personId: actor.personId ?? '', isStaff: true, ...owner, max: FILES_MAX })
}

export const staffVerbs = {
  'tip.read': serve('tip.read', { target: tipTarget, handle: (call) => tipView(call, call.target) }),
  'tip.accept': serve('tip.accept', {
    target: tipTarget,
    async handle(call) {
      const { text } = call.input
      await accept(takenOf(call), text === undefined ? null : await nameless(call, text))
      return tipView(call, call.target)
    },
  }),
  'tip.refuse': serve('tip.refuse', {
    target: tipTarget,
    async handle(call) {
      const { basis, reason } = call.input
      await refuse(takenOf(call), await nameless(call, basis), await nameless(call, reason))
      return tipView(call, call.target)
    },
  }),
  'tip.transfer': serve('tip.transfer', {
    target: tipTarget,
    async handle(call) {
      const { to, reason } = call.input
      await transfer(takenOf(call), await nameless(call, to), await nameless(call, reason))
      return tipView(call, call.target)
    },
  }),
  'tip.assign': serve('tip.assign', {
    target: tipTarget,
    async handle(call) {
      const { db, input, target } = call
      const free = await enforcersFor(db, target.accusedIds)
      const chosen = free.find(({ id }) => id === input.postId)
      if (!chosen) throw invalid('postId', '请选市执法队在岗的举报承办人；被举报单位的人不能承办')
      if (chosen.id === target.handlerPostId) throw invalid('postId', '现在就是这位承办人')
      const before = await nameOf(db, target.handlerPostId)
      const text = before === null ? `承办人：${chosen.name}` : `承办人由${before}换为${chosen.name}`
      await move(stepOf(call, 'tip.assign'), { handlerPostId: chosen.id }, text)
      return tipView(call, target)
    },
  }),
  'tip.note': serve('tip.note', {
    target: tipTarget,
    async handle(call) {
      const text = await nameless(call, call.input.text)
      await attach(call, await move(stepOf(call, 'tip.note'), {}, text), call.input.fileIds)
      return tipView(call, call.target)
    },
  }),
  'tip.reply': serve('tip.reply', {
    target: tipTarget,
    async handle(call) {
      await move(stepOf(call, 'tip.reply'), {}, await nameless(call, call.input.text))
      return tipView(call, call.target)
    },
  }),
  'tip.check': serve('tip.check', {
    target: tipTarget,
    async handle(call) {
      const { db, know, actor, input, target, now } = call
      const text = await unnamed(db, know, target.id, actor.personId, input.text)
      const taken = stepOf(call, 'tip.check')
      const lead = await askBranch({ db, know, target, now, postId: taken.postId }, text, input.districtCode)
      await move({ ...taken, leadId: lead.id }, {}, text)
      return tipView(call, target)
    },
  }),
  'tip.verify': serve('tip.verify', {
    target: tipTarget,
    async handle(call) {
      const { db, input, target } = call
      const { finding, fileIds, sameMatterAs } = input
      const facts = await nameless(call, input.facts)
      const sameMatterId = sameMatterAs === undefined ? null : await earlier(db, target, sameMatterAs)
      const entryId = await verify(takenOf(call), { finding, facts, sameMatterId })
      await attach(call, entryId, fileIds)
      return tipView(call, target)
    },
  }),
  'tip.conclude': serve('tip.conclude', {
    target: tipTarget,
    async handle(call) {
      const { input, now } = call
      const { decision, decisionNumber = null, decidedOn = null, penaltyFen = null } = input
      const reply = await nameless(call, input.reply)
      if (decidedOn !== null && decidedOn > dateOf(now)) throw invalid('decidedOn', '决定日期还没有到')
      await conclude(takenOf(call), { decision, decisionNumber, decidedOn, penaltyFen, reply })
      return tipView(call, call.target)
    },
  }),
  'tip.markPriority': serve('tip.markPriority', {
    target: tipTarget,
    async handle(call) {
      const { isPriority, reason } = call.input
      await markPriority(takenOf(call), isPriority, await nameless(call, reason))
      return tipView(call, call.target)
    },
  }),
}

async function nameOf(db: EntityManager, postId: string | null): Promise<string | null> {
  return postId === null ? null : ((await db.findOneBy(Post, { id: postId }))?.name ?? null)
}

/** 同一事项最先举报的: on the same firm, received no later, and not itself about an earlier one. */
async function earlier(db: EntityManager, target: Tip, id: string): Promise<string> {
  const first = await db.findOneBy(Tip, { id })
  const isFirst = first?.releaseAt === null && first.id !== target.id && first.receivedOn <= target.receivedOn
  if (!isFirst || first.firmKey !== target.firmKey) throw invalid('sameMatterAs', '请选同一单位、先收到的举报')
  return first.sameMatterId ?? first.id
}
