/** Sends one WeChat message at most once: marked before it leaves, and left alone when its answer was lost. */
import { job } from '../audit/jobKind.js'
import { enqueue } from '../audit/queue.js'
import { forUpdate } from '../database/transaction.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import type { Knowledge } from '../house.js'
import { openFor } from '../people/personal.js'
import { settlements } from '../news.js'
import { Person } from '../people/person.js'
import type { SendOutcome } from '../wechat/messages.js'
import { WechatError } from '../wechat/problems.js'
import { fitTemplate, type MessageTemplate, type TemplateValues } from '../wechat/templates.js'
import type { EntityManager } from 'typeorm'
import { Delivery, type DeliveryState } from './delivery.js'
import { addGrant, dropGrants } from './grants.js'
import { Notice } from './notice.js'

interface Payload {
  deliveryId: string
}

interface Claimed {
  openid: string
  template: MessageTemplate
  page: string
  content: TemplateValues
  attempts: number
}

interface Answer {
  errcode?: number | undefined
  reason?: string | undefined
  msgId?: string | undefined
}

interface Attempt extends Answer {
  /** retry: it certainly did not go out, and the cause may pass. */
  outcome: SendOutcome | 'failed' | 'retry'
}

const MAX_ATTEMPTS = 8
const MINUTE_MS = 60_000
/** 1, 2, 4 … minutes, at most an hour: eight attempts span two hours. */
const delayMs = (attempts: number) => Math.min(2 ** (attempts - 1), 60) * MINUTE_MS

export const sendJob = job<Payload, Claimed, Attempt>({
  async claim({ db, payload, now, know }) {
    const delivery = await lockDelivery(db, payload.deliveryId)
    if (!delivery) return undefined
    if (delivery.state === 'sending') {
      // An attempt before this one left the house and did not come back.
      await settle(db, delivery, now, 'uncertain', { reason: '发送途中服务中断，不再重发' })
      return undefined
    }
    if (delivery.state !== 'queued') return undefined
    const template = know.templates.get(delivery.template)
    const openid = await openidOf(db, know, delivery.personId)
    const notice = await db.findOneBy(Notice, { id: delivery.noticeId })
    const { content } = delivery
    if (!template || openid === null || !notice || content === null) {
      await settle(db, delivery, now, 'failed', { reason: '收件人或模板已不存在' })
      return undefined
    }
    const attempts = delivery.attempts + 1
    await db.update(Delivery, { id: delivery.id }, { state: 'sending', attempts })
    return { openid, template, page: `${template.page}?id=${notice.subjectId}`, content, attempts }
  },

  async outside({ payload, claimed, outside, house }) {
    const { openid, template, page, content } = claimed
    let attempt: Attempt
    try {
      const data = fitTemplate(template, content)
      const { state } = house.config.wechat
      attempt = await outside.wechat.sendSubscribe({ openid, templateId: template.templateId, page, data, state })
    } catch (error) {
      // Thrown means that it certainly did not go out. Any other error leaves the mark, and counts as uncertain.
      if (!(error instanceof WechatError)) throw error
      const outcome = error.retryable ? 'retry' : error.kind === 'badInput' ? 'invalid' : 'failed'
      attempt = { outcome, errcode: error.errcode, reason: error.meaning }
    }
    const { outcome, errcode } = attempt
    if (outcome === 'invalid' || outcome === 'failed') {
      const about = { delivery: payload.deliveryId, template: template.key, outcome, errcode }
      house.log.error(about, 'a WeChat message cannot be sent')
    }
    return attempt
  },

  async handle({ db, payload, claimed, result, now }) {
    const delivery = await lockDelivery(db, payload.deliveryId)
    if (!delivery || delivery.state !== 'sending' || delivery.attempts !== claimed.attempts) return
    if (result.outcome !== 'retry') return settle(db, delivery, now, result.outcome, result)
    if (delivery.attempts >= MAX_ATTEMPTS) return settle(db, delivery, now, 'failed', result)
    await db.update(Delivery, { id: delivery.id }, { state: 'queued', ...lastFailure(result) })
    const dueAt = new Date(now.getTime() + delayMs(delivery.attempts))
    await enqueue(db, [{ kind: 'notice.send', payload: { deliveryId: delivery.id }, dueAt }], now)
  },
})

const lockDelivery = (db: EntityManager, id: string) =>
  db.findOne(Delivery, { where: { id }, ...(forUpdate(db) ? { lock: forUpdate(db) } : {}) })

const lastFailure = ({ errcode, reason }: Answer) => ({
  errcode: errcode ?? null,
  reason: reason?.slice(0, 200) ?? null,
})

/** What becomes of the person's stock of grants when a message is settled. */
const grantAfter: Partial<Record<DeliveryState, typeof addGrant>> = {
  // 43101: whatever we thought we had left of this template is worth nothing.
  refused: dropGrants,
  // It never went out, so the grant was not spent.
  invalid: addGrant,
  failed: addGrant,
}

async function settle(
  db: EntityManager,
  { id, personId, template }: Delivery,
  now: Date,
  outcome: DeliveryState,
  answer: Answer,
): Promise<void> {
  const rest = { content: null, msgId: answer.msgId ?? null, settledAt: now, ...lastFailure(answer) }
  await db.update(Delivery, { id }, { state: outcome, ...rest })
  await grantAfter[outcome]?.(db, personId, template, now)
  settlements.tell({ outcome })
}

async function openidOf(db: EntityManager, know: Knowledge, personId: string): Promise<string | null> {
  const person = await db.findOneBy(Person, { id: personId })
  if (!person || person.erasedAt !== null) return null
  return openFor((await loadPersonalKeys(db, know.keyring, [personId])).get(personId), person, 'openid')
}
