/** What an informer does: tells, finds it again by the receipt, adds to it. Nothing here is written down under a person. */
import type { Input, Output } from '../../contract.js'
import { normalizePhone } from '../../encryption/lookup.js'
import { attachDiscreetly } from '../../files/attach.js'
import { serve } from '../../http/serve.js'
import { APART } from '../../notices/asks.js'
import { isCreditCode, normalizeCreditCode } from '../../people/creditCode.js'
import { isIdNumber, normalizeIdNumber } from '../../people/idNumber.js'
import { invalid, Problem } from '../../problem.js'
import { dateOf } from '../../calendar/dates.js'
import { FILES_MAX } from '../../files/contract.js'
import { addTo } from '../addition.js'
import { type Identity, identityOf, isInformer, tipIdsOf } from '../informers/store.js'
import { tipOfReceipt } from '../receipt.js'
import { stateObstacle } from '../states.js'
import { submitTip } from '../submit.js'
import { Tip } from '../tip.js'
import { progressOf } from '../view.js'
import { withoutInformer } from '../withoutInformer.js'
import { In } from 'typeorm'

/** Of one tip, its first photos and what was added. */
export const TIP_FILES_MAX = FILES_MAX * 4

export const informerVerbs = {
  'tip.submit': serve('tip.submit', {
    isDiscreet: true,
    async handle({ db, input, actor, know, now }) {
      const { informer, fileIds, creditCode, ...told } = input
      const { personId } = actor
      const identity = informer === undefined ? null : identityFrom(informer, personId, dateOf(now))
      if (told.wantsReward) demandRewardable(identity)
      const { tip, code, entryId } = await submitTip(
        { db, know, now },
        { ...told, creditCode: creditCode === undefined ? undefined : codeFrom(creditCode), identity },
      )
      await attachDiscreetly(db, know, { fileIds, personId, ownerId: tip.id, entryId, max: TIP_FILES_MAX })
      const { number, receivedOn, acceptBy, isProvisional, isNamed } = tip
      return { number, code, submittedOn: receivedOn, acceptBy, isProvisional, isNamed }
    },
  }),
  'tip.settings': serve('tip.settings', {
    // Who opens the form may be about to tell.
    isDiscreet: true,
    async handle({ know }) {
      const { accept, conclude, notes } = know.tips
      return {
        acceptWorkdays: accept.workdays,
        concludeDays: conclude.days,
        notes,
        messageTemplateId: know.templates.get(APART)?.templateId ?? null,
      }
    },
  }),
  'tip.track': serve('tip.track', {
    isDiscreet: true,
    async handle({ db, input, actor, know, now }) {
      return one(await progressOf({ db, know, now }, [await tipOfReceipt(db, know, input, actor.personId)]))
    },
  }),
  'tip.add': serve('tip.add', {
    isDiscreet: true,
    async handle({ db, input, actor, know, now }) {
      const target = await tipOfReceipt(db, know, input, actor.personId, true)
      const obstacle = stateObstacle(target.state, 'tip.add')
      if (obstacle !== undefined) throw new Problem('wrongState', { title: '这件举报已经办完，有新情况请重新举报' })
      // Of somebody with the receipt alone nothing is taken out: what is would tell them, name by name, who informed.
      const { personId } = actor
      const isTheirs = personId !== null && target.isNamed && (await isInformer(db, know, target.id, personId))
      const text = withoutInformer(input.text, isTheirs ? await identityOf(db, know, target.id) : null)
      const entryId = await addTo(db, know, target, text, now)
      const attached = { fileIds: input.fileIds, personId: actor.personId, ownerId: target.id, entryId }
      await attachDiscreetly(db, know, { ...attached, max: TIP_FILES_MAX })
      return one(await progressOf({ db, know, now }, [target]))
    },
  }),
  'tip.mine': serve('tip.mine', {
    isDiscreet: true,
    async handle({ db, actor, know, now }) {
      const ids = actor.personId === null ? [] : await tipIdsOf(db, know, actor.personId)
      const order = { receivedOn: 'DESC', number: 'DESC' } as const
      const tips = ids.length === 0 ? [] : await db.find(Tip, { where: { id: In(ids) }, order })
      const found = await progressOf({ db, know, now }, tips)
      const items = found.map(({ steps, ...item }) => {
        void steps
        return item
      })
      return { items }
    },
  }),
}

function one(found: Output<'tip.track'>[]): Output<'tip.track'> {
  const [progress] = found
  if (!progress) throw new Error('a tip without its view')
  return progress
}

type Given = NonNullable<Input<'tip.submit'>['informer']>

function identityFrom({ name, phone, idNumber, mayMessage }: Given, personId: string | null, today: string): Identity {
  const number = idNumber === undefined ? null : normalizeIdNumber(idNumber)
  if (number !== null && !isIdNumber(number, today)) throw invalid('informer.idNumber', '身份证号不对，请核对')
  const called = phone === undefined ? null : normalizePhone(phone)
  if (called === undefined) throw invalid('informer.phone', '电话不对，请填手机号或带区号的座机')
  const messages = mayMessage && personId !== null ? 1 : 0
  return { personId, name, phone: called, idNumber: number, bank: null, messages }
}

/** 奖励发给实名的首报人: paid to the WeChat user who informed, once it is known that it is them. */
function demandRewardable(identity: Identity | null): asserts identity is Identity {
  if (identity === null) throw invalid('wantsReward', '要奖励须实名举报，请填写姓名和身份证号；或不要奖励')
  if (identity.personId === null) throw invalid('wantsReward', '要奖励请先登录：奖励发给登录的微信')
  if (identity.idNumber === null) throw invalid('informer.idNumber', '要奖励请填写身份证号，用来核对本人')
}

function codeFrom(typed: string): string {
  const code = normalizeCreditCode(typed)
  if (!isCreditCode(code)) throw invalid('creditCode', '统一社会信用代码不对，请核对；不知道可以不填')
  return code
}
