/** One neutral WeChat message to who informed by name and let us: marked before it leaves, sent once at most. */
import { IsNull } from 'typeorm'
import { job } from '../audit/jobKind.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import { APART } from '../notices/asks.js'
import { Person } from '../people/person.js'
import { openFor } from '../people/personal.js'
import { WechatError } from '../wechat/problems.js'
import { fitTemplate, type MessageTemplate } from '../wechat/templates.js'
import { changeInformer, identityOf } from './informers/store.js'

interface OfTip {
  tipId: string
}

interface Claimed {
  openid: string
  template: MessageTemplate
}

/** Says nothing of tips: others may look over the informer's shoulder. */
const WORDS = { matter: '您提交的事项', progress: '有新进展，请在小程序里查看' }

export const messageJob = job<OfTip, Claimed, boolean>({
  isDiscreet: true,
  async claim({ db, know, payload: { tipId }, attempt }) {
    const identity = await identityOf(db, know, tipId)
    const template = know.templates.get(APART)
    if (!identity?.personId || !identity.messages || !template) return undefined
    const person = await db.findOneBy(Person, { id: identity.personId, erasedAt: IsNull() })
    if (!person) return undefined
    const keys = await loadPersonalKeys(db, know.keyring, [person.id])
    const openid = openFor(keys.get(person.id), person, 'openid')
    // An attempt before this one may have left the house.
    if (openid === null || attempt > 1) return undefined
    await changeInformer(db, know, tipId, { messages: identity.messages - 1 })
    return { openid, template }
  },
  /** Whether it may have gone out; nothing of the answer is kept. */
  async outside({ claimed: { openid, template }, house, outside }) {
    const { templateId, page } = template
    const { state } = house.config.wechat
    try {
      await outside.wechat.sendSubscribe({ openid, templateId, page, data: fitTemplate(template, WORDS), state })
      return true
    } catch (error) {
      if (error instanceof WechatError) return false
      throw error
    }
  },
  async handle({ db, know, payload: { tipId }, result: wasSent }) {
    if (wasSent) return
    const identity = await identityOf(db, know, tipId)
    if (identity) await changeInformer(db, know, tipId, { messages: (identity.messages ?? 0) + 1 })
  },
})
